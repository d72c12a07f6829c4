namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>The libraries as <c>LibraryImport</c> names them; <see cref="LlamaRuntime"/> finds their files.</summary>
internal static class NativeNames
{
    /// <summary>The models: <c>llama.h</c>.</summary>
    public const string Llama = "llama";

    /// <summary>The registry of backends: the second half of <c>ggml-backend.h</c>.</summary>
    public const string Ggml = "ggml";

    /// <summary>Tensors, buffers and devices: <c>ggml.h</c> and the first half of <c>ggml-backend.h</c>.</summary>
    public const string GgmlBase = "ggml-base";
}
