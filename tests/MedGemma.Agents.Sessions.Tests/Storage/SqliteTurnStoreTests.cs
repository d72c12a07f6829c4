using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;

namespace MedGemma.Agents.Sessions.Tests.Storage;

public sealed class SqliteTurnStoreTests : TurnStoreTests, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDialect _dialect;

    public SqliteTurnStoreTests() => _dialect = new SqliteDialect(_folder.Sqlite);

    private protected override SessionDialect Dialect => _dialect;

    public async ValueTask DisposeAsync()
    {
        await _dialect.DisposeAsync();
        _folder.Dispose();
    }

    private protected override SessionDialect Another() => new SqliteDialect(_folder.Sqlite);

    [Fact]
    public async Task Only_the_owner_can_read_the_sessions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        await AskAsync(await OpenAsync(), "p1");

#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.All(Directory.GetFiles(_folder.FullName), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task An_erased_patient_leaves_no_byte_in_the_files()
    {
        var store = await OpenAsync();
        for (var i = 0; i < 30; i++)
            await AskAsync(store, i % 2 == 0 ? "ERASEME" : "p2");
        Assert.Contains("ERASEME", await AllBytesAsync(), StringComparison.Ordinal);

        await EraseAsync("ERASEME");

        Assert.DoesNotContain("ERASEME", await AllBytesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_is_on_disk_before_it_returns()
    {
        var connection = await _dialect.OpenAsync(Stop);
        await using var _ = connection;

        Assert.Equal("2", await ReadPragmaAsync("synchronous"));
        Assert.Equal("wal", await ReadPragmaAsync("journal_mode"));

        async Task<string> ReadPragmaAsync(string name) =>
            (await new SqlStatement($"PRAGMA {name}").ReadAsync(connection, null, row => row.GetValue(0).ToString()!, Stop))[0];
    }

    private async Task<string> AllBytesAsync()
    {
        var text = new System.Text.StringBuilder();
        foreach (var file in Directory.GetFiles(_folder.FullName))
            text.Append(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Stop)));

        return text.ToString();
    }
}
