using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;
using Npgsql;

namespace MedGemma.Agents.Sessions.Tests.Audit;

/// <summary>Runs in a schema of its own on the server that <c>MEDGEMMA_TEST_POSTGRES</c> names, or on one started for the tests.</summary>
public sealed class PostgresAuditLogTests(PostgresServer server) : AuditLogTests, IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly string _schema = "a" + Guid.NewGuid().ToString("N");
    private PostgresDialect? _dialect;

    private protected override SessionDialect Dialect => _dialect!;

    protected override IReadOnlyList<string> Unlocking { get; } =
        ["ALTER TABLE audit DISABLE TRIGGER USER", "ALTER TABLE turn_results DISABLE TRIGGER USER"];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.ConnectionString is null, "PostgreSQL is not here: set MEDGEMMA_TEST_POSTGRES, or install initdb and pg_ctl.");
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand($"CREATE SCHEMA {_schema}");
        await command.ExecuteNonQueryAsync(Stop);
        _dialect = new PostgresDialect(new NpgsqlConnectionStringBuilder(server.ConnectionString) { SearchPath = _schema }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dialect is not null)
            await _dialect.DisposeAsync();
    }
}
