using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;

/// <summary>Answers made by hand.</summary>
internal static class Answers
{
    public static Receipt Receipt { get; } = new("files", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), AllComplete: true);

    public static Answer Of(string text, params object[] values) => new(
        AnswerStatus.Answered, text, [.. values.Select(value => JsonSerializer.SerializeToElement(value))], null, [], [], [], Receipt, [], "scripted", DateTimeOffset.UnixEpoch);

    public static Evidence Evidence(string reference, string path, object? value, string version = "1")
    {
        Assert.True(ResourceKey.TryParse(reference, out var key));
        return new Evidence(key, version, path, value is null ? default : JsonSerializer.SerializeToElement(value), null, null);
    }

    public static Claim Claim(Verdict verdict, Derivation? derivation, params Evidence[] evidence) => new("a claim", 0, evidence, derivation, verdict);

    public static ResultValue Result(object value, Derivation? derivation, params Evidence[] evidence) =>
        new(JsonSerializer.SerializeToElement(value), null, null, null, null, [], evidence, derivation);

    public static QueryResult Query(QueryOutcome outcome, params ResultValue[] values) => new(
        new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any] }, new ListAggregate()),
        outcome, values, values.Length, 0, [], ["Observation"], [], [], null);
}
