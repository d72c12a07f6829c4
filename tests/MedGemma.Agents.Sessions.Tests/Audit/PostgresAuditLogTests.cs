using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;

namespace MedGemma.Agents.Sessions.Tests.Audit;

/// <summary>Runs in a schema of its own on the server that <c>MEDGEMMA_TEST_POSTGRES</c> names, or on one started for the tests.</summary>
public sealed class PostgresAuditLogTests(PostgresServer server) : AuditLogTests, IClassFixture<PostgresServer>, IAsyncLifetime
{
    private PostgresDialect? _dialect;

    private protected override SessionDialect Dialect => _dialect!;

    protected override IReadOnlyList<string> Unlocking { get; } =
        ["ALTER TABLE audit DISABLE TRIGGER USER", "ALTER TABLE turns DISABLE TRIGGER USER", "ALTER TABLE turn_results DISABLE TRIGGER USER"];

    public async ValueTask InitializeAsync()
    {
        server.Demand();
        _dialect = new PostgresDialect(await server.CreateSchemaAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_dialect is not null)
            await _dialect.DisposeAsync();
    }
}
