using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Tests.Audit;

/// <summary>The resources are written by hand; here the SDK, in its strict mode, reads and validates them, and writes the same again.</summary>
public sealed class AuditResourcesTests
{
    private static readonly FhirJsonDeserializer s_strict = new(new DeserializerSettings().UsingMode(DeserializationMode.Strict));
    private static readonly JsonSerializerOptions s_fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);
    private static readonly DateTimeOffset s_at = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(5.5));

    public static TheoryData<string> Actions => [.. typeof(AuditAction).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!)];

    public static TheoryData<string, string> Users => new()
    {
        { "https://issuer.example.org/realms/a?b=c&d=\"e\"", "dr-who" },
        { "api-key", "Ünal \"Ü\" <b>\\ 漢字 \U0001F600" },
        { "an issuer with blanks", "line\nbreak\ttab" },
        { "loopback", "" },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_action_is_a_valid_AuditEvent(string action)
    {
        var audit = Read<AuditEvent>(AuditEvents.Of(Row(action)).Resource);

        Assert.Equal(action, Assert.Single(audit.Subtype).Code);
        Assert.Equal(s_at, audit.Recorded);
        Assert.Equal("answered", audit.OutcomeDesc);
        Assert.Equal(AuditEvent.AuditEventOutcome.N0, audit.Outcome);
        Assert.Equal(["Patient/p1", null], audit.Entity.Select(entity => entity.What!.Reference));
        Assert.Equal("0123456789abcdef0123456789abcdef/7", audit.Entity[1].What!.Identifier!.Value);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void Every_user_is_named_as_he_is_known(string issuer, string user)
    {
        var row = Row(AuditAction.EndTurn) with { Issuer = issuer, User = user };

        var audit = Read<AuditEvent>(AuditEvents.Of(row).Resource);
        var provenance = Read<Provenance>(AnswerProvenances.Of(Turn, Result("""{"claims":[]}"""), row).Resource);

        var identifier = Assert.Single(audit.Agent).Who!.Identifier!;
        Assert.Equal(user.Length == 0 ? null : user, identifier.Value);
        Assert.True(Uri.IsWellFormedUriString(identifier.System, UriKind.Absolute));
        Assert.True(provenance.Agent[1].Who.Identifier!.IsExactly(identifier));
    }

    [Theory]
    [InlineData("denied")]
    [InlineData("not-found")]
    [InlineData("failed")]
    public void What_was_refused_or_failed_is_a_failure(string outcome) =>
        Assert.Equal(AuditEvent.AuditEventOutcome.N4, Read<AuditEvent>(AuditEvents.Of(Row(AuditAction.ReadSession) with { Outcome = outcome }).Resource).Outcome);

    [Fact]
    public void What_is_nobodys_names_no_entity() =>
        Assert.Empty(Read<AuditEvent>(AuditEvents.Of(Row(AuditAction.SearchPatients) with { PatientId = null, SessionKey = null, Turn = null }).Resource).Entity);

    [Fact]
    public void A_Provenance_names_the_answer_and_each_version_once_in_the_order_of_the_claims()
    {
        const string Answer = """
            {"status":"answered","text":"Größe 1.70 m","claims":[
            {"evidence":[{"reference":"Observation/b","version":"2"},{"reference":"Observation/a","version":"1"}]},
            {"evidence":[{"reference":"Observation/b","version":"2"},{"reference":"Observation/b","version":"3"}]}]}
            """;

        var written = AnswerProvenances.Of(Turn, Result(Answer), Row(AuditAction.EndTurn));
        var provenance = Read<Provenance>(written.Resource);

        Assert.Equal(AuditAction.RecordAnswer, written.Row.Action);
        Assert.Equal(AnswerProvenances.DigestOf(Answer), AnswerProvenances.ReadDigests(written.Resource).Answer);
        Assert.Equal(["Observation/b/_history/2", "Observation/a/_history/1", "Observation/b/_history/3"], provenance.Entity.Select(entity => entity.What.Reference));
        Assert.All(provenance.Entity, entity => Assert.Equal(Provenance.ProvenanceEntityRole.Source, entity.Role));
        Assert.Equal("medgemma, planner builtin", provenance.Agent[0].Who.Display);
        Assert.Equal(s_at, provenance.Recorded);
        Assert.Equal("0123456789abcdef0123456789abcdef/7", provenance.Target[0].Identifier!.Value);
    }

    private static TurnRow Turn => new("0123456789abcdef0123456789abcdef", 7, null, "q", s_at, s_at);

    private static TurnResultRow Result(string answer) => new("answered", answer, "[]", "builtin", "{}", s_at);

    private static AuditRow Row(string action) => new(s_at, "https://issuer.example.org", "dr-who", action, "p1", "0123456789abcdef0123456789abcdef", 7, "answered");

    private static T Read<T>(string resource)
        where T : Resource
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(resource));
        s_strict.TryDeserializeResource(ref reader, out var read, out var issues);
        Assert.True(!issues.Any(), string.Join("; ", issues.Select(issue => issue.Message)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(JsonSerializer.Serialize(read, s_fhir)), JsonNode.Parse(resource)), resource);
        return Assert.IsType<T>(read);
    }
}
