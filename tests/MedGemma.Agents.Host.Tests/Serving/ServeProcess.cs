using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary><c>medgemma serve</c> as a process of its own, over the synthetic patients and a data folder that survives it.</summary>
internal sealed partial class ServeProcess : IDisposable
{
    private const string FreePort = "http://127.0.0.1:0";

    private readonly Process _process;

    private ServeProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    /// <param name="dataFolder">The data folder.</param>
    /// <param name="settings">Further environment.</param>
    /// <param name="survivesFileLimit">Whether a write beyond a limit on the size of files fails instead of ending the process, as one to a full disk does.</param>
    public static async Task<ServeProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string>? settings = null, bool survivesFileLimit = false)
    {
        var process = Launch(dataFolder, settings: settings, wrapper: survivesFileLimit ? "trap '' XFSZ; exec \"$@\"" : null);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                // Read on, or the process blocks when the pipe is full.
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return new ServeProcess(process, new Uri(match.Value));
            }
        }

        // Its output ended, and so did the process.
        var error = await process.StandardError.ReadToEndAsync();
        process.Dispose();
        throw new InvalidOperationException($"serve did not start: {error}");
    }

    public static async Task<(int ExitCode, string Error)> RunToEndAsync(
        string? dataFolder, string environment = "Development", string url = FreePort, IReadOnlyDictionary<string, string>? settings = null)
    {
        using var process = Launch(dataFolder, environment, url, settings);
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }

    /// <summary>Runs another verb of the program to its end.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(string[] verb, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(Dotnet, [Path.Combine(AppContext.BaseDirectory, "medgemma.dll"), .. verb]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }

    /// <summary>Ports on which it listens.</summary>
    public IReadOnlyList<int> ListeningPorts()
    {
        var sockets = Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet();
        return
        [
            .. new[] { "tcp", "tcp6" }.SelectMany(protocol => File.ReadLines($"/proc/{_process.Id}/net/{protocol}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields[3] == "0A" && sockets.Contains($"socket:[{fields[9]}]"))
                .Select(fields => Convert.ToInt32(fields[1][(fields[1].LastIndexOf(':') + 1)..], 16)),
        ];
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The process of its one model, once that answers.</summary>
    public async Task<int> ModelProcessAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; await (await Client.GetAsync("/health/models", cancellationToken)).Content.ReadAsStringAsync(cancellationToken) != """{"planner":"up"}"""; tries++)
        {
            Assert.True(tries < 600, "the model does not come up");
            await Task.Delay(100, cancellationToken);
        }

        return Assert.Single(Children());
    }

    /// <summary>The processes that it has started; each of its threads has its own.</summary>
    public int[] Children() =>
    [
        .. Directory.EnumerateDirectories($"/proc/{_process.Id}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        Client.Dispose();
        _process.Dispose();
    }

    private static string Dotnet => Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    private static Process Launch(
        string? dataFolder, string environment = "Development", string url = FreePort, IReadOnlyDictionary<string, string>? settings = null, string? wrapper = null)
    {
        string[] command = [Dotnet, Path.Combine(AppContext.BaseDirectory, "medgemma.dll"), "serve", "--url", url];
        if (wrapper is not null)
            command = ["bash", "-c", wrapper, "bash", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };

        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["MEDGEMMA_MedGemma__Store__DataFolder"] = dataFolder;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        // A second of quick turns is more than a reading shows by default, and every one of them is looked for.
        start.Environment["MEDGEMMA_MedGemma__Sessions__ReadTurns"] = "10000";
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
