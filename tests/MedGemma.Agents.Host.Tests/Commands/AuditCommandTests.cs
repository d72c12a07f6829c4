using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class AuditCommandTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-audit-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Connection => $"Data Source={Path.Combine(_folder, "sessions.db")};Pooling=False";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_chain_is_verified_shown_and_anchored()
    {
        await WriteAsync();

        var (code, output, _) = await RunAsync("audit", "verify", "--data-folder", _folder);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, "2 rows, 0 of them erased: the chain holds"), (code, lines[0]));
        var anchor = lines[1].Split(' ')[^1];

        Assert.Equal(0, (await RunAsync("audit", "verify", "--anchor", anchor, "--data-folder", _folder)).Code);
        var (_, shown, _) = await RunAsync("audit", "show", "--after", "1", "--data-folder", _folder);
        Assert.Contains("\"resourceType\":\"AuditEvent\"", Assert.Single(shown.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_was_changed_ends_with_1_and_names_the_row()
    {
        await WriteAsync();
        await using (var dialect = new SqliteDialect(Connection))
        {
            var connection = await dialect.OpenAsync(Stop);
            await using var _ = connection;
            var transaction = await connection.BeginTransactionAsync(Stop);
            await using var __ = transaction;
            await new SqlStatement("DROP TRIGGER audit_is_only_erased; UPDATE audit SET user_id = 'x' WHERE sequence = 1").ExecuteAsync(connection, transaction, Stop);
            await transaction.CommitAsync(Stop);
        }

        var (code, output, _) = await RunAsync("audit", "verify", "--data-folder", _folder);

        Assert.Equal(1, code);
        Assert.StartsWith("row 1: its fields are not those it was written with", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_sessions_is_refused_and_stays_empty()
    {
        var (code, _, error) = await RunAsync("audit", "verify", "--data-folder", _folder);

        Assert.Equal((1, "medgemma: there is no sessions.db in the data folder\n"), (code, error));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("--anchor", "5")]
    [InlineData("--anchor", "x:y")]
    public async Task A_wrong_anchor_is_wrong_usage(params string[] arguments) =>
        Assert.Equal(2, (await RunAsync(["audit", "verify", .. arguments, "--data-folder", _folder])).Code);

    private async Task WriteAsync()
    {
        await using var store = new TurnStore(new SqliteDialect(Connection), TimeProvider.System);
        await store.OpenAsync(Stop);
        var session = new SessionRow(SessionKey.Create(), "api-key", "dr-who", "p1", AskerRole.Clinician, s_now);
        await store.CreateSessionAsync(session, Row(AuditAction.CreateSession), Stop);
        await store.AuditAsync(Row(AuditAction.ReadSession), Stop);

        AuditRow Row(string action) => new(s_now, session.Issuer, session.User, action, session.PatientId, session.Key, null, "done");
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await MedGemmaCommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
