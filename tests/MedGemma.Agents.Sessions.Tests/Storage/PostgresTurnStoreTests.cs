using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;

namespace MedGemma.Agents.Sessions.Tests.Storage;

/// <summary>Runs in a schema of its own on the server that <c>MEDGEMMA_TEST_POSTGRES</c> names, or on one started for the tests.</summary>
public sealed class PostgresTurnStoreTests(PostgresServer server) : TurnStoreTests, IClassFixture<PostgresServer>, IAsyncLifetime
{
    private string _schema = "";
    private PostgresDialect? _dialect;

    private protected override SessionDialect Dialect => _dialect!;

    public async ValueTask InitializeAsync()
    {
        server.Demand();
        _schema = await server.CreateSchemaAsync();
        _dialect = Connect();
    }

    private PostgresDialect Connect() => new(_schema);

    private protected override SessionDialect Another() => Connect();

    [Fact]
    public async Task An_erasure_and_servers_keep_each_other_out()
    {
        var first = await OpenAsync();
        var second = new TurnStore(Connect(), TimeProvider.System);
        await second.OpenAsync(Stop);
        Assert.Null(await SessionErasure.TryOpenAsync(Connect(), TimeProvider.System, Stop));

        await first.LetGoAsync();
        await second.DisposeAsync();
        await using (var erasure = await SessionErasure.TryOpenAsync(Connect(), TimeProvider.System, Stop))
        {
            Assert.NotNull(erasure);
            await Assert.ThrowsAsync<SessionDatabaseHeldException>(() => first.OpenAsync(Stop));
        }

        await first.OpenAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dialect is not null)
            await _dialect.DisposeAsync();
    }
}
