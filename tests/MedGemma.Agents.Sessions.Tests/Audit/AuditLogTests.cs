using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Storage;
using Task = System.Threading.Tasks.Task;

namespace MedGemma.Agents.Sessions.Tests.Audit;

/// <summary>What both databases must do. The rows: a session, two turns with answers, a refusal.</summary>
public abstract class AuditLogTests
{
    private const string Answer = """{"status":"answered","claims":[{"evidence":[{"reference":"Observation/k1","version":"3"},{"reference":"Observation/k1","version":"3"}]}]}""";
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract SessionDialect Dialect { get; }

    /// <summary>Takes away what keeps the rows from being changed, as somebody with the database's password could.</summary>
    protected abstract IReadOnlyList<string> Unlocking { get; }

    private AuditLog Log => new(Dialect);

    [Fact]
    public async Task A_chain_that_nobody_touched_holds()
    {
        await WriteAsync();

        var verified = await Log.VerifyAsync([], Stop);
        var rows = await Log.ReadAsync(0, 100, Stop);

        Assert.Empty(verified.Problems);
        Assert.Equal(8, verified.Rows);
        Assert.Equal(new AuditAnchor(8, rows[^1].Hash), verified.Head);
        Assert.Equal(Enumerable.Range(1, 8).Select(number => (long)number), rows.Select(row => row.Sequence));
        Assert.Equal(rows.Select(row => row.Hash).SkipLast(1).Prepend(AuditHash.Genesis), rows.Select(row => row.Previous));
    }

    [Fact]
    public async Task Every_row_holds_a_valid_FHIR_resource()
    {
        await WriteAsync();
        var deserializer = new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Strict));
        var resources = new List<Resource>();
        foreach (var row in await Log.ReadAsync(0, 100, Stop))
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(row.Resource!));
            deserializer.TryDeserializeResource(ref reader, out var resource, out var issues);
            Assert.True(!issues.Any(), string.Join("; ", issues.Select(issue => issue.Message)));
            resources.Add(resource!);
        }

        var provenance = resources.OfType<Provenance>().First();
        Assert.Equal(6, resources.OfType<AuditEvent>().Count());
        Assert.Equal(["Observation/k1/_history/3"], provenance.Entity.Select(entity => entity.What.Reference));
        Assert.Contains(provenance.Target, target => target.Identifier?.Value?.EndsWith("/1", StringComparison.Ordinal) == true);
        Assert.Equal(AuditEvent.AuditEventOutcome.N4, resources.OfType<AuditEvent>().Last().Outcome);
        Assert.All(resources.OfType<AuditEvent>(), audit => Assert.Equal("Patient/p1", audit.Entity[0].What!.Reference));
    }

    [Theory]
    [InlineData("UPDATE audit SET outcome = 'failed' WHERE sequence = 3")]
    [InlineData("UPDATE audit SET user_id = 'somebody-else' WHERE sequence = 1")]
    [InlineData("UPDATE audit SET at = '2020-01-01T00:00:00.0000000+00:00' WHERE sequence = 8")]
    [InlineData("UPDATE audit SET patient_id = 'p2' WHERE sequence = 2")]
    [InlineData("UPDATE audit SET resource = '{}' WHERE sequence = 4")]
    [InlineData("UPDATE audit SET resource = NULL WHERE sequence = 4")]
    [InlineData("UPDATE audit SET resource = NULL, salt = NULL, patient_id = NULL WHERE sequence = 4")]
    [InlineData("UPDATE audit SET hash = previous WHERE sequence = 5")]
    [InlineData("DELETE FROM audit WHERE sequence = 4")]
    [InlineData("DELETE FROM audit WHERE sequence = 1")]
    [InlineData("DELETE FROM audit WHERE sequence = 8")]
    [InlineData("DELETE FROM audit WHERE sequence > 5")]
    [InlineData("DELETE FROM audit")]
    [InlineData("UPDATE audit SET sequence = 100 WHERE sequence = 8")]
    [InlineData("UPDATE audit SET sequence = 99 WHERE sequence = 4; UPDATE audit SET sequence = 4 WHERE sequence = 5; UPDATE audit SET sequence = 5 WHERE sequence = 99")]
    [InlineData("UPDATE audit_head SET sequence = 7")]
    [InlineData("DELETE FROM audit_head")]
    [InlineData("UPDATE turn_results SET answer = '{}' WHERE number = 2")]
    [InlineData("UPDATE turn_results SET queries = '[1]' WHERE number = 1")]
    [InlineData("UPDATE turn_results SET record_versions = NULL WHERE number = 1")]
    [InlineData("UPDATE turn_results SET model_work = '{}' WHERE number = 2")]
    [InlineData("UPDATE turns SET question = 'another' WHERE number = 1")]
    [InlineData("DELETE FROM turn_results WHERE number = 2")]
    [InlineData("DELETE FROM turn_results; DELETE FROM turns")]
    [InlineData("INSERT INTO audit (at, issuer, user_id, action, outcome) VALUES ('2020-01-01T00:00:00.0000000+00:00', 'i', 'u', 'session.read', 'done')")]
    public async Task Whatever_was_changed_is_found(string tampering)
    {
        await WriteAsync();
        await TamperAsync(tampering);

        var verified = await Log.VerifyAsync([], Stop);

        Assert.NotEmpty(verified.Problems);
    }

    [Theory]
    [InlineData("UPDATE turns SET question = 'another'")]
    [InlineData("UPDATE turn_results SET answer = '{}'")]
    [InlineData("DELETE FROM turn_results")]
    [InlineData("DELETE FROM audit")]
    public async Task The_database_itself_refuses_to_change_what_is_only_added(string statement)
    {
        await WriteAsync();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => RunAsync([statement]));
        Assert.Empty((await Log.VerifyAsync([], Stop)).Problems);
    }

    [Fact]
    public async Task An_end_that_was_cut_off_with_its_head_is_found_by_a_row_noted_elsewhere()
    {
        await WriteAsync();
        var noted = (await Log.VerifyAsync([], Stop)).Head!;
        await TamperAsync("DELETE FROM audit WHERE sequence > 5; UPDATE audit_head SET sequence = 5, hash = (SELECT hash FROM audit WHERE sequence = 5)");

        Assert.Empty((await Log.VerifyAsync([], Stop)).Problems);
        Assert.Equal(8, Assert.Single((await Log.VerifyAsync([noted], Stop)).Problems).Sequence);
    }

    [Fact]
    public async Task A_row_noted_elsewhere_holds_while_the_chain_grows()
    {
        var store = await WriteAsync();
        var noted = (await Log.VerifyAsync([], Stop)).Head!;
        await store.AuditAsync(new AuditRow(s_now, "i", "u", AuditAction.SearchPatients, null, null, null, "done"), Stop);

        Assert.Empty((await Log.VerifyAsync([noted, AuditAnchor.Parse(noted.ToString(), null)], Stop)).Problems);
    }

    [Fact]
    public async Task An_erased_patient_leaves_no_trace_in_the_audit_and_the_chain_holds()
    {
        await WriteAsync();

        var erased = await EraseAsync("p1");
        var again = await EraseAsync("p1");
        var verified = await Log.VerifyAsync([], Stop);
        var rows = await Log.ReadAsync(0, 100, Stop);

        Assert.Equal((8, 0), (erased, again));
        Assert.Empty(verified.Problems);
        Assert.Equal((10, 8), (verified.Rows, verified.Erased));
        Assert.DoesNotContain(rows, row => JsonSerializer.Serialize(row).Contains("p1", StringComparison.Ordinal));
        Assert.Equal("dr-who", rows[0].User);
        Assert.Equal((AuditAction.ErasePatient, "rows:8"), (rows[8].Action, rows[8].Outcome));
    }

    [Fact]
    public async Task Writers_at_the_same_time_make_one_chain()
    {
        var store = await WriteAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            Task.Run(() => store.AuditAsync(new AuditRow(s_now, "i", $"u{number}", AuditAction.ReadSession, "p2", null, null, "done"), Stop), Stop)));

        var verified = await Log.VerifyAsync([], Stop);

        Assert.Empty(verified.Problems);
        Assert.Equal(48, verified.Rows);
    }

    [Fact]
    public async Task Rows_from_before_the_chain_are_told_apart()
    {
        var store = new TurnStore(Dialect, TimeProvider.System);
        await store.OpenAsync(Stop);
        await TamperAsync("INSERT INTO audit (at, issuer, user_id, action, outcome) VALUES ('2020-01-01T00:00:00.0000000+00:00', 'i', 'u', 'session.read', 'done')");
        await store.AuditAsync(new AuditRow(s_now, "i", "u", AuditAction.SearchPatients, null, null, null, "done"), Stop);

        var verified = await Log.VerifyAsync([], Stop);

        Assert.Empty(verified.Problems);
        Assert.Equal((1, 1), (verified.Rows, verified.Unchained));
    }

    [Theory]
    [InlineData("8")]
    [InlineData("8:abc")]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("x:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:000000000000000000000000000000000000000000000000000000000000000g")]
    public void What_is_no_anchor_is_not_taken_for_one(string text) => Assert.False(AuditAnchor.TryParse(text, null, out _));

    private async Task<int> EraseAsync(string patient)
    {
        var erased = 0;
        await Dialect.WriteAsync(
            async writer =>
            {
                var transaction = await writer.BeginAsync(Stop);
                await using var _ = transaction;
                erased = await new AuditErasure(Dialect).EraseAsync(
                    writer, transaction, patient, new AuditRow(s_now, "local", "operator", AuditAction.ErasePatient, null, null, null, ""), Stop);
                await transaction.CommitAsync(Stop);
            },
            Stop);
        return erased;
    }

    private async Task<TurnStore> WriteAsync()
    {
        var store = new TurnStore(Dialect, TimeProvider.System);
        await store.OpenAsync(Stop);
        var session = new SessionRow(SessionKey.Create(), "https://issuer.example.org", "dr-who", "p1", AskerRole.Clinician, s_now);
        await store.CreateSessionAsync(session, Row(AuditAction.CreateSession, null, "done"), Stop);
        var first = new TurnRow(session.Key, 1, null, "q", s_now, s_now);
        await store.BeginTurnAsync(first, Row(AuditAction.BeginTurn, 1, "done"), Stop);
        await store.EndTurnAsync(first, new TurnResultRow("answered", Answer, "[]", "builtin", "{}", s_now), Row(AuditAction.EndTurn, 1, "answered"), Stop);
        await store.AddTurnAsync(
            first with { Number = 2 }, new TurnResultRow("answered", Answer, "[]", "builtin", "{}", s_now), Row(AuditAction.BeginTurn, 2, "done"), Row(AuditAction.EndTurn, 2, "answered"), Stop);
        await store.AuditAsync(Row(AuditAction.ReadSession, null, "denied") with { User = "somebody" }, Stop);
        return store;

        AuditRow Row(string action, int? turn, string outcome) => new(s_now, session.Issuer, session.User, action, session.PatientId, session.Key, turn, outcome);
    }

    private Task TamperAsync(string tampering) => RunAsync(Unlocking.Append(tampering));

    private async Task RunAsync(IEnumerable<string> statements)
    {
        var connection = await Dialect.OpenAsync(Stop);
        await using var _ = connection;
        foreach (var statement in statements)
        {
            var transaction = await connection.BeginTransactionAsync(Stop);
            await using (transaction)
            {
                await new SqlStatement(statement).ExecuteAsync(connection, transaction, Stop);
                await transaction.CommitAsync(Stop);
            }
        }
    }
}
