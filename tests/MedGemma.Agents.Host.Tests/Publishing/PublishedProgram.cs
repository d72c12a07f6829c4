using System.Diagnostics;
using MedGemma.Agents.Host.Tests.Architecture;

namespace MedGemma.Agents.Host.Tests.Publishing;

/// <summary>The self-contained program in a folder of its own, run as on a machine that has no .NET: without an environment, from another working folder.</summary>
internal sealed class PublishedProgram(string folder, string workingFolder)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Publishes as the README and the Containerfile do.</summary>
    public static async Task<PublishedProgram> PublishAsync(string folder, string workingFolder)
    {
        var source = Path.GetDirectoryName(SourceTree.Root)!;
        var start = new ProcessStartInfo("dotnet", ["publish", "src/MedGemma.Agents.Host", "-p:PublishProfile=linux-x64", "-o", folder, "-nologo", "-v", "q"])
        {
            WorkingDirectory = source,
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(Stop);
        await publish.WaitForExitAsync(Stop);
        Assert.True(publish.ExitCode == 0, output);
        return new PublishedProgram(folder, workingFolder);
    }

    /// <summary>Takes the native engine away, and runs the command that <c>models doctor</c> then names, which has no SDK and no sources.</summary>
    public async Task LoseEngineAsync()
    {
        Directory.Delete(Path.Combine(folder, "natives", "linux-x64"), recursive: true);
        using var doctor = Start(new Dictionary<string, string>(), "models", "doctor");
        var said = (await doctor.StandardOutput.ReadToEndAsync(Stop)).Split('\n');
        Assert.StartsWith("LACKS engine ", said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet", said[1], StringComparison.Ordinal);

        using var mend = Process.Start(new ProcessStartInfo("sh", ["-c", said[1].Trim()]) { WorkingDirectory = workingFolder, RedirectStandardOutput = true })!;
        await mend.StandardOutput.ReadToEndAsync(Stop);
        await mend.WaitForExitAsync(Stop);
        Assert.Equal(0, mend.ExitCode);
    }

    /// <summary>Starts a verb with nothing but the given variables in its environment.</summary>
    public Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "medgemma"), arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a verb to its end on the data folder <c>data</c> and gives its standard output; nothing may be said on standard error.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Start(new Dictionary<string, string> { ["MEDGEMMA_MedGemma__Store__DataFolder"] = "data" }, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(Stop);
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal((0, ""), (process.ExitCode, await error));
        return output;
    }
}
