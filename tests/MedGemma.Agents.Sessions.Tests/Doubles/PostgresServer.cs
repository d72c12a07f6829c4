using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>
/// A PostgreSQL server on loopback: the one that <c>MEDGEMMA_TEST_POSTGRES</c> names, else one in a temporary folder when its programs are installed.
/// It refuses to run as root, so that root starts it as the user <c>postgres</c>.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private DirectoryInfo? _folder;

    /// <summary>Null when there is no server.</summary>
    public string? ConnectionString { get; private set; } = Environment.GetEnvironmentVariable("MEDGEMMA_TEST_POSTGRES");

    public async ValueTask InitializeAsync()
    {
        if (ConnectionString is not null || !IsInstalled("initdb") || !IsInstalled("pg_ctl"))
            return;

        _folder = Directory.CreateTempSubdirectory("medgemma-postgres-");
        if (Environment.UserName == "root")
            await RunAsync("chown", ["postgres", _folder.FullName]);

        var port = FindPort();
        var data = Path.Combine(_folder.FullName, "data");
        if (!await RunAsServerUserAsync("initdb", ["-D", data, "-U", "test", "-A", "trust", "--no-sync"])
            || !await RunAsServerUserAsync("pg_ctl", ["-D", data, "-w", "-l", Path.Combine(_folder.FullName, "log"), "-o", $"-h 127.0.0.1 -p {port} -k {_folder.FullName}", "start"]))
            return;

        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=test;Database=postgres");
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;

        await RunAsServerUserAsync("pg_ctl", ["-D", Path.Combine(_folder.FullName, "data"), "-m", "immediate", "-w", "stop"]);
        _folder.Delete(recursive: true);
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task<bool> RunAsServerUserAsync(string program, string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments])
        : RunAsync(program, arguments);

    private static async Task<bool> RunAsync(string program, string[] arguments)
    {
        // Its output goes nowhere: a server that inherits a pipe would keep it open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
