using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Tests.Storage;

/// <summary>What both databases must do.</summary>
public abstract class TurnStoreTests
{
    protected static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract SessionDialect Dialect { get; }

    [Fact]
    public async Task A_turn_comes_back_as_it_was_written()
    {
        var store = await OpenAsync();
        var session = await CreateAsync(store);
        var turn = new TurnRow(session.Key, 1, "k", "who? ü \"", new DateTimeOffset(2150, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5)), Now.AddTicks(7));
        var result = new TurnResultRow("answered", """{"values":[6.50]}""", "[]", "built-in", "{}", Now.AddSeconds(1));

        await store.BeginTurnAsync(turn, Audit(session, 1), Stop);
        var begun = await store.FindTurnAsync(session.Key, "k", Stop);
        await store.EndTurnAsync(turn, result, Audit(session, 1), Stop);
        var ended = await store.FindTurnAsync(session.Key, "k", Stop);

        Assert.Equal(new StoredTurn(turn, null), begun);
        Assert.Equal(new StoredTurn(turn, result), ended);
        Assert.Equal(turn.AsOf.Offset, ended!.Turn.AsOf.Offset);
        Assert.Equal(session, await store.FindSessionAsync(session.Key, Stop));
    }

    [Fact]
    public async Task The_last_turns_come_oldest_first()
    {
        var store = await OpenAsync();
        var session = await CreateAsync(store);
        for (var number = 1; number <= 5; number++)
            await store.BeginTurnAsync(new TurnRow(session.Key, number, null, $"q{number}", Now, Now), Audit(session, number), Stop);

        var turns = await store.ReadTurnsAsync(session.Key, 2, Stop);

        Assert.Equal(["q4", "q5"], turns.Select(turn => turn.Turn.Question));
    }

    [Fact]
    public async Task A_turn_whose_audit_row_cannot_be_written_is_not_written()
    {
        var store = await OpenAsync();
        var session = await CreateAsync(store);
        var broken = Audit(session, 1) with { Outcome = null! };

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => store.BeginTurnAsync(new TurnRow(session.Key, 1, null, "q", Now, Now), broken, Stop));

        Assert.Empty(await store.ReadTurnsAsync(session.Key, 10, Stop));
    }

    [Fact]
    public async Task A_result_is_written_once()
    {
        var store = await OpenAsync();
        var session = await CreateAsync(store);
        var turn = new TurnRow(session.Key, 1, null, "q", Now, Now);
        var result = new TurnResultRow("answered", "{}", "[]", null, null, Now);
        await store.BeginTurnAsync(turn, Audit(session, 1), Stop);
        await store.EndTurnAsync(turn, result, Audit(session, 1), Stop);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => store.EndTurnAsync(turn, result with { AnswerJson = """{"other":true}""" }, Audit(session, 1), Stop));

        Assert.Equal("{}", (await store.ReadTurnsAsync(session.Key, 1, Stop))[0].Result?.AnswerJson);
    }

    [Theory]
    [InlineData("UPDATE turns SET question = 'x'")]
    [InlineData("UPDATE turn_results SET answer = 'x'")]
    [InlineData("UPDATE audit SET outcome = 'x'")]
    [InlineData("DELETE FROM audit")]
    public async Task Rows_are_never_changed(string statement)
    {
        var store = await OpenAsync();
        var session = await CreateAsync(store);
        var turn = new TurnRow(session.Key, 1, null, "q", Now, Now);
        await store.BeginTurnAsync(turn, Audit(session, 1), Stop);
        await store.EndTurnAsync(turn, new TurnResultRow("answered", "{}", "[]", null, null, Now), Audit(session, 1), Stop);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => RunAsync(statement));
    }

    [Fact]
    public async Task A_deleted_session_is_not_found_and_its_audit_stays()
    {
        var store = await OpenAsync();
        var session = await CreateAsync(store);

        await store.DeleteSessionAsync(session.Key, Audit(session, null), Stop);

        Assert.Null(await store.FindSessionAsync(session.Key, Stop));
        var connection = await Dialect.OpenAsync(Stop);
        await using var _ = connection;
        var rows = await new SqlStatement("SELECT action FROM audit WHERE session_key = @key ORDER BY id", ("key", session.Key))
            .ReadAsync(connection, null, row => row.GetString(0), Stop);
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task An_erased_patients_conversations_are_gone_and_the_audit_holds()
    {
        var store = await OpenAsync();
        var erased = await AskAsync(store, "ERASEME");
        var ended = await AskAsync(store, "ERASEME");
        await store.DeleteSessionAsync(ended.Key, Audit(ended, null), Stop);
        var other = await AskAsync(store, "p2");
        await store.LetGoAsync();

        var outcome = await EraseAsync("ERASEME");
        var again = await EraseAsync("ERASEME");

        Assert.Equal(new SessionErasureOutcome(2, 2, 11), outcome);
        Assert.False(again.WasKnown);
        Assert.Null(await store.FindSessionAsync(erased.Key, Stop));
        Assert.Empty(await store.ReadTurnsAsync(erased.Key, 10, Stop));
        Assert.Single(await store.ReadTurnsAsync(other.Key, 10, Stop));
        var verified = await new AuditLog(Dialect).VerifyAsync([], Stop);
        Assert.Empty(verified.Problems);
        Assert.Equal(11, verified.Erased);
        Assert.Equal(["alice", "local-user"], (await ReadAsync("SELECT DISTINCT user_id FROM audit ORDER BY 1")).Select(row => row[0]));
        foreach (var table in new[] { "sessions", "session_deletions", "turns", "turn_results", "wrong_answer_reports", "audit", "audit_head", "session_erasures" })
            Assert.DoesNotContain("ERASEME", string.Join('\n', (await ReadAsync($"SELECT * FROM {table}")).SelectMany(row => row)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_was_cut_off_before_the_remains_were_overwritten_is_completed_by_the_next()
    {
        await (await OpenAsync()).LetGoAsync();
        await RunAsync("INSERT INTO session_erasures (erased_at, sessions, turns, scrubbed) VALUES ('before', 1, 1, 0)");

        await EraseAsync("nobody");

        Assert.Equal(["1", "1"], (await ReadAsync("SELECT scrubbed FROM session_erasures")).Select(row => row[0]));
    }

    private protected async Task<SessionErasureOutcome> EraseAsync(string patient)
    {
        await using var dialect = Another();
        var erasure = await SessionErasure.TryOpenAsync(dialect, TimeProvider.System, Stop);
        Assert.NotNull(erasure);
        await using var _ = erasure;
        return await erasure.EraseAsync(patient, "local", "local-user", Stop);
    }

    /// <summary>A dialect of its own on the same database, as another process has it.</summary>
    private protected abstract SessionDialect Another();

    private protected static async Task<SessionRow> AskAsync(TurnStore store, string patient)
    {
        var session = new SessionRow(SessionKey.Create(), "hospital", "alice", patient, AskerRole.Clinician, Now);
        await store.CreateSessionAsync(session, Audit(session, null), Stop);
        var turn = new TurnRow(session.Key, 1, "key", $"What of {patient}?", Now, Now);
        await store.AddTurnAsync(turn, new TurnResultRow("answered", $$"""{"claims":[],"text":"{{patient}} {{new string('x', 9000)}}"}""", "[]", null, patient, Now), Audit(session, 1), Audit(session, 1), Stop);
        await store.ReportWrongAsync(new WrongAnswerReport(session.Key, 1, "hospital", "alice", patient, Now), Audit(session, 1), Stop);
        return session;
    }

    private protected async Task<List<string?[]>> ReadAsync(string text)
    {
        var connection = await Dialect.OpenAsync(Stop);
        await using var _ = connection;
        return await new SqlStatement(text).ReadAsync(
            connection, null, row => Enumerable.Range(0, row.FieldCount).Select(column => row.GetValue(column).ToString()).ToArray(), Stop);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_alone()
    {
        await OpenAsync();
        await RunAsync("INSERT INTO session_schema_versions (version, applied_at) VALUES (99, 'later')");

        var refused = await Assert.ThrowsAsync<NewerSchemaException>(() => OpenAsync());

        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_again_changes_nothing()
    {
        var store = await OpenAsync();
        var session = await CreateAsync(store);

        var again = await OpenAsync();

        Assert.Equal(session, await again.FindSessionAsync(session.Key, Stop));
    }

    [Fact]
    public async Task Many_sessions_write_at_once()
    {
        var store = await OpenAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync(store)));

        await Task.WhenAll(sessions.Select(session =>
            store.BeginTurnAsync(new TurnRow(session.Key, 1, null, "q", Now, Now), Audit(session, 1), Stop)));

        Assert.All(await Task.WhenAll(sessions.Select(session => store.ReadTurnsAsync(session.Key, 9, Stop))), turns => Assert.Single(turns));
    }

    private protected async Task<TurnStore> OpenAsync()
    {
        var store = new TurnStore(Dialect, TimeProvider.System);
        await store.OpenAsync(Stop);
        return store;
    }

    private static async Task<SessionRow> CreateAsync(TurnStore store)
    {
        var session = new SessionRow(SessionKey.Create(), "hospital", "alice", "p1", AskerRole.Clinician, Now);
        await store.CreateSessionAsync(session, Audit(session, null), Stop);
        return session;
    }

    private static AuditRow Audit(SessionRow session, int? turn) =>
        new(Now, session.Issuer, session.User, AuditAction.BeginTurn, session.PatientId, session.Key, turn, "done");

    private Task RunAsync(string statement) => Dialect.WriteAsync(
        async writer =>
        {
            var transaction = await writer.BeginAsync(Stop);
            await using var _ = transaction;
            await writer.ExecuteAsync(new SqlStatement(statement), transaction, Stop);
            await transaction.CommitAsync(Stop);
        },
        Stop);
}
