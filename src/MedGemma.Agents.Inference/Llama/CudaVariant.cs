namespace MedGemma.Agents.Inference.Llama;

/// <summary>A CUDA generation that the engine has a backend for.</summary>
/// <param name="Major">The major version of CUDA.</param>
/// <param name="Installed">Whether its backend lies beside the other libraries; <c>-p:MedGemmaCuda=true</c> at build puts it there, or <c>natives/restore.sh --cuda</c> later.</param>
/// <param name="MissingLibraries">Shared libraries of the driver and the CUDA runtime that this machine does not have, such as <c>libcudart.so.12</c>.</param>
public sealed record CudaVariant(int Major, bool Installed, IReadOnlyList<string> MissingLibraries)
{
    /// <summary>Whether it can be loaded.</summary>
    public bool Usable => Installed && MissingLibraries.Count == 0;
}
