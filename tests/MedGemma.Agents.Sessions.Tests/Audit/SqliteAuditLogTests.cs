using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;

namespace MedGemma.Agents.Sessions.Tests.Audit;

public sealed class SqliteAuditLogTests : AuditLogTests, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDialect _dialect;

    public SqliteAuditLogTests() => _dialect = new SqliteDialect(_folder.Sqlite);

    private protected override SessionDialect Dialect => _dialect;

    protected override IReadOnlyList<string> Unlocking { get; } =
    [
        "DROP TRIGGER audit_is_only_erased", "DROP TRIGGER audit_is_never_deleted", "DROP TRIGGER turns_are_never_changed", "DROP TRIGGER turns_are_only_erased",
        "DROP TRIGGER turn_results_are_never_changed", "DROP TRIGGER turn_results_are_only_erased",
    ];

    public async ValueTask DisposeAsync()
    {
        await _dialect.DisposeAsync();
        _folder.Dispose();
    }
}
