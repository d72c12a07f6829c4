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
}
