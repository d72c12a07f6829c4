using System.Diagnostics;

namespace MedGemma.Agents.Host.Tests.Importing;

/// <summary><c>medgemma import</c> as a process of its own, so that it can be killed like one.</summary>
internal static class ImportProcess
{
    /// <summary>Starts an import that publishes small batches, so that there are many moments to die between.</summary>
    public static Process Start(string dataFolder, string input)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "medgemma.dll"), "import", input, "--complete", "all", "--data-folder", dataFolder },
        };
        start.Environment["MEDGEMMA_MedGemma__Store__BatchSize"] = "100";
        return Process.Start(start) ?? throw new InvalidOperationException("The import did not start.");
    }

    /// <summary>Runs an import to its end and gives its exit code.</summary>
    public static async Task<int> RunAsync(string dataFolder, string input, CancellationToken cancellationToken)
    {
        using var process = Start(dataFolder, input);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }
}
