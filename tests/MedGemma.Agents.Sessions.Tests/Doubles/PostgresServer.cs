using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

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

    /// <summary>Skips the test when there is no server; fails it where <c>MEDGEMMA_REQUIRE_POSTGRES</c> is set, as <c>.ci/run</c> does.</summary>
    public void Demand()
    {
        if (ConnectionString is not null)
            return;

        const string Missing = "PostgreSQL is not here: set MEDGEMMA_TEST_POSTGRES, or install initdb and pg_ctl.";
        Assert.True(Environment.GetEnvironmentVariable("MEDGEMMA_REQUIRE_POSTGRES") is null, Missing);
        Assert.Skip(Missing);
    }

    /// <summary>A schema of its own on the server, so that tests do not see each other's tables.</summary>
    /// <returns>The connection string that leads there.</returns>
    public async Task<string> CreateSchemaAsync()
    {
        var schema = "s" + Guid.NewGuid().ToString("N");
        await using var source = NpgsqlDataSource.Create(ConnectionString!);
        await using var command = source.CreateCommand($"CREATE SCHEMA {schema}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = schema }.ConnectionString;
    }

    public async ValueTask InitializeAsync()
    {
        if (ConnectionString is not null || Find("initdb") is null || Find("pg_ctl") is null)
            return;

        _folder = Directory.CreateTempSubdirectory("medgemma-postgres-");
        if (Environment.UserName == "root")
            await RunAsync("chown", ["postgres", _folder.FullName]);

        var port = FindPort();
        var data = Path.Combine(_folder.FullName, "data");
        if (!await RunAsServerUserAsync(Find("initdb")!, ["-D", data, "-U", "test", "-A", "trust", "--no-sync"])
            || !await RunAsServerUserAsync(Find("pg_ctl")!, ["-D", data, "-w", "-l", Path.Combine(_folder.FullName, "log"), "-o", $"-h 127.0.0.1 -p {port} -k {_folder.FullName}", "start"]))
            return;

        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=test;Database=postgres");
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;

        await RunAsServerUserAsync(Find("pg_ctl")!, ["-D", Path.Combine(_folder.FullName, "data"), "-m", "immediate", "-w", "stop"]);
        _folder.Delete(recursive: true);
    }

    /// <summary>On the path, or where Debian puts it; the newest version.</summary>
    private static string? Find(string program)
    {
        const string Debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(installed.OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }

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
