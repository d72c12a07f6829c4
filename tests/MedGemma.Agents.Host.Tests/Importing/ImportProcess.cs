using System.Diagnostics;
using System.Globalization;

namespace MedGemma.Agents.Host.Tests.Importing;

/// <summary><c>medgemma import</c> as a process of its own, so that it can be killed like one.</summary>
internal static class ImportProcess
{
    /// <summary>Starts an import that publishes small batches, so that there are many moments to die between.</summary>
    public static Process Start(string dataFolder, string input) => Start(dataFolder, input, null);

    /// <summary>Runs an import whose files may grow to a size only, beyond which each write fails as on a full disk; gives exit code and standard error.</summary>
    public static async Task<(int Code, string Error)> RunLimitedAsync(string dataFolder, string input, int kilobytes, CancellationToken cancellationToken)
    {
        using var process = Start(dataFolder, input, string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\""));
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, error);
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

    private static Process Start(string dataFolder, string input, string? wrapper)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        string[] command = [dotnet, Path.Combine(AppContext.BaseDirectory, "medgemma.dll"), "import", input, "--complete", "all", "--data-folder", dataFolder];
        if (wrapper is not null)
            command = ["bash", "-c", wrapper, "bash", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MEDGEMMA_MedGemma__Store__BatchSize"] = "100";

        // The runtime reserves its code in a file of memory, which such a limit would count too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("The import did not start.");
    }
}
