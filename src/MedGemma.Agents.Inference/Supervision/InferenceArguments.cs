using System.Globalization;
using MedGemma.Agents.Inference.Deployment;

namespace MedGemma.Agents.Inference.Supervision;

/// <summary>The arguments of <c>medgemma inference</c> for a replica on this machine.</summary>
internal static class InferenceArguments
{
    public static IReadOnlyList<string> Of(string key, ModelOptions options, string devices, string socket, string? hashFolder)
    {
        List<string> arguments =
        [
            "--model", options.Path!, "--name", key, "--device", devices, "--listen", "unix:" + socket, "--parent-pipe",
            "--context-length", options.ContextLength.ToString(CultureInfo.InvariantCulture),
            "--slots", options.Slots.ToString(CultureInfo.InvariantCulture),
            "--threads", options.Threads.ToString(CultureInfo.InvariantCulture),
        ];
        if (!string.IsNullOrEmpty(options.VisionPath))
            arguments.AddRange(["--vision", options.VisionPath]);
        if (hashFolder is not null)
            arguments.AddRange(["--hash-folder", hashFolder]);
        if (options.Thinking)
            arguments.Add("--thinking");
        foreach (var (name, path) in options.Adapters)
            arguments.AddRange(["--adapter", $"{name}={path}"]);

        return arguments;
    }
}
