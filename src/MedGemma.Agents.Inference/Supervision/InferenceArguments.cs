using System.Globalization;
using MedGemma.Agents.Inference.Deployment;

namespace MedGemma.Agents.Inference.Supervision;

/// <summary>The arguments of <c>medgemma inference</c> for a replica on this machine.</summary>
internal static class InferenceArguments
{
    public static IReadOnlyList<string> Of(string key, ModelOptions options, string devices, int threads, string socket, string? hashFolder)
    {
        List<string> arguments =
        [
            "--model", options.Path!, "--name", key, "--device", devices, "--listen", "unix:" + socket, "--parent-pipe",
            "--context-length", Text(options.ContextLength), "--slots", Text(options.Slots), "--threads", Text(threads), "--tokens-per-step", Text(options.TokensPerStep),
            "--window", options.Window.ToString(), "--checkpoint-bytes", Text(options.CheckpointBytes),
            "--batch-aging", options.Pool.Aging.ToString("c", CultureInfo.InvariantCulture),
        ];
        if (!string.IsNullOrEmpty(options.VisionPath))
            arguments.AddRange(["--vision", options.VisionPath]);
        if (!string.IsNullOrEmpty(options.CpuLibrary))
            arguments.AddRange(["--cpu-library", options.CpuLibrary]);
        if (hashFolder is not null)
            arguments.AddRange(["--hash-folder", hashFolder]);
        if (options.QuantizedCache)
            arguments.Add("--quantized-cache");
        if (options.Thinking)
            arguments.Add("--thinking");
        foreach (var (name, path) in options.Adapters)
            arguments.AddRange(["--adapter", $"{name}={path}"]);

        return arguments;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
