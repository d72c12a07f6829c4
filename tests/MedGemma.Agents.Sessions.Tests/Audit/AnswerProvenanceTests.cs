using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Tests.Audit;

public sealed class AnswerProvenanceTests
{
    private const string Answer = """{"status":"answered","claims":[{"evidence":[{"reference":"Observation/k1","version":"3"}]}]}""";
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly ModelWork s_work = new(
        [
            new AgentWork("chart-planner", "a1", "planner", "medgemma-27b", "planner.gguf, 9 bytes, sha256 f1", null, 0, 7, true),
            new AgentWork("answer-writer", "a2", "planner", null, null, "discharge", 0.5f, 0, false),
        ],
        [
            new ModelCall("chart-planner", "p1", "s1", "{}", null, 10, 0, 5, 2, null), new ModelCall("chart-planner", "p2", "s1", "{}", null, 10, 0, 5, 0, null),
            new ModelCall("answer-writer", "p3", "s2", "{}", null, 10, 0, 5, 0, null),
        ]);

    [Fact]
    public void A_model_is_a_device_with_its_files_adapter_and_sampling()
    {
        var provenance = Read(s_work);

        Assert.Equal(["assembler", "performer", "performer", "enterer"], provenance.Agent.Select(agent => agent.Type!.Coding[0].Code));
        var devices = provenance.Contained.Cast<Device>().ToList();
        Assert.Equal(devices.Select(device => "#" + device.Id), provenance.Agent.Where(agent => agent.Type!.Coding[0].Code == "performer").Select(agent => agent.Who.Reference));
        Assert.Equal([("urn:medgemma:agent-sha256", "a1"), ("urn:medgemma:agent-sha256", "a2")], devices.Select(device => (device.Identifier[0].System, device.Identifier[0].Value)));
        Assert.Equal(["chart-planner", "medgemma-27b", "answer-writer", "planner"], devices.SelectMany(device => device.DeviceName).Select(name => name.Name));
        Assert.Equal([("model files", "planner.gguf, 9 bytes, sha256 f1"), ("adapter", "discharge")], devices.SelectMany(device => device.Version).Select(version => (version.Type!.Text, version.Value)));
        Assert.Equal(
            [("temperature", 0m), ("seed", 7m), ("thinking", 1m), ("temperature", 0.5m), ("seed", 0m), ("thinking", 0m)],
            devices.SelectMany(device => device.Property).Select(property => (property.Type!.Text, property.ValueQuantity[0].Value!.Value)));
    }

    [Fact]
    public void Every_prompt_and_schema_is_a_source_beside_what_the_claims_rest_on()
    {
        var sources = Read(s_work).Entity;

        Assert.All(sources, source => Assert.Equal(Provenance.ProvenanceEntityRole.Source, source.Role));
        Assert.Equal(["Observation/k1/_history/3"], sources.Select(source => source.What.Reference).OfType<string>());
        Assert.Equal(
            ["prompt-sha256 p1", "schema-sha256 s1", "prompt-sha256 p2", "prompt-sha256 p3", "schema-sha256 s2"],
            sources.Select(source => source.What.Identifier).OfType<Identifier>().Select(identifier => $"{identifier.System!["urn:medgemma:".Length..]} {identifier.Value}"));
    }

    [Fact]
    public void Without_a_model_there_is_no_device()
    {
        var provenance = Read(null);

        Assert.Empty(provenance.Contained);
        Assert.Equal(["assembler", "enterer"], provenance.Agent.Select(agent => agent.Type!.Coding[0].Code));
    }

    /// <summary>Written, and read by the SDK in its strict mode.</summary>
    private static Provenance Read(ModelWork? work)
    {
        var turn = new TurnRow("session", 1, null, "question?", s_now, s_now);
        var result = new TurnResultRow("answered", Answer, "[]", "model", "{}", s_now) { ModelWork = work is null ? null : Encoding.UTF8.GetString(ModelWorkJson.Write(work)) };
        var draft = AnswerProvenances.Of(turn, result, new AuditRow(s_now, "urn:issuer", "alice", AuditAction.EndTurn, "p1", "session", 1, "answered"));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(draft.Resource));
        new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Strict)).TryDeserializeResource(ref reader, out var resource, out var issues);
        Assert.True(!issues.Any(), string.Join("; ", issues.Select(issue => issue.Message)));
        return Assert.IsType<Provenance>(resource);
    }
}
