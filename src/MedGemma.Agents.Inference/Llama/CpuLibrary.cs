using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>One of the libraries by which the engine computes on the processor. They differ in the instructions that they use; the engine takes the one of the highest score.</summary>
/// <param name="Name">Its name, such as <c>zen4</c> of <c>libggml-cpu-zen4.so</c>.</param>
/// <param name="Score">What it says of itself on this processor; 0 where it cannot run.</param>
public sealed record CpuLibrary(string Name, int Score)
{
    private const string Prefix = "libggml-cpu-";
    private const string Ending = ".so";

    /// <summary>Whether this processor has the instructions that it uses.</summary>
    public bool Usable => Score > 0;

    /// <summary>The library of a name.</summary>
    internal static string File(string folder, string name) => Path.Combine(folder, Prefix + name + Ending);

    /// <summary>All of a folder, best first.</summary>
    internal static IReadOnlyList<CpuLibrary> All(string folder) =>
        [.. Directory.EnumerateFiles(folder, Prefix + "*" + Ending).Select(Read).OrderByDescending(library => library.Score).ThenBy(library => library.Name, StringComparer.Ordinal)];

    private static unsafe CpuLibrary Read(string file)
    {
        var name = Path.GetFileName(file)[Prefix.Length..^Ending.Length];
        if (!NativeLibrary.TryLoad(file, out var handle))
            return new(name, 0);

        var score = NativeLibrary.TryGetExport(handle, "ggml_backend_score", out var function) ? ((delegate* unmanaged[Cdecl]<int>)function)() : 0;
        NativeLibrary.Free(handle);
        return new(name, score);
    }
}
