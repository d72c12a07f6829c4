using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Tests.Verification;

/// <summary>A synthetic chart and the results of queries to it, written by hand so that the verifier is tested without the query engine.</summary>
internal sealed class Chart
{
    private readonly List<RecordResource> _resources = [];

    public const string PatientNumber = "10000032";

    public RecordResource Add(string type, RecordKind kind, string name, string? time, string status = "final", string json = "{}", params string[] labels)
    {
        var resource = new RecordResource
        {
            Key = new ResourceKey(type, $"{type.ToLowerInvariant()}-{_resources.Count}"),
            Version = "1",
            Json = JsonDocument.Parse(json).RootElement,
            Kinds = [kind],
            Concept = new CodedConcept([new Coding(null, "c", name)], null, default, "code"),
            Categories = [],
            When = null,
            WhenText = time,
            IsState = false,
            RecordedAt = null,
            Encounter = null,
            Status = status,
            Standing = labels.Length > 0 ? Standing.CountsWithLabel : Standing.Counts,
            Labels = [.. labels],
        };
        _resources.Add(resource);
        return resource;
    }

    public PatientRecord Build()
    {
        var patient = new RecordResource
        {
            Key = new ResourceKey("Patient", "p1"),
            Version = "1",
            Json = JsonDocument.Parse($$"""{"name":[{"family":"Rivera","given":["Ana"]}],"identifier":[{"value":"{{PatientNumber}}"}]}""").RootElement,
            Kinds = [RecordKind.Patient],
            Concept = null,
            Categories = [],
            When = null,
            WhenText = null,
            IsState = false,
            RecordedAt = null,
            Encounter = null,
            Status = null,
            Standing = Standing.Counts,
            Labels = [],
        };
        var all = _resources.Append(patient).ToList();
        return new PatientRecord(
            patient,
            [.. all],
            [],
            ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>>.Empty,
            all.ToDictionary(resource => resource.Key.ToString()),
            new PatientFacts(null, false, null, []),
            TimeZoneInfo.Utc,
            [],
            new Receipt("files", DateTimeOffset.UnixEpoch, new Dictionary<string, TypeReceipt>(), true));
    }

    public static Evidence Evidence(RecordResource resource, object? value, string? unit = null, string path = "Observation.value.ofType(Quantity).value") =>
        new(resource.Key, resource.Version, path, Json(value), unit, resource.WhenText);

    public static ResultValue Value(RecordResource resource, object value, string? unit = null, string? comparator = null, params string[] qualifiers) =>
        new(Json(value), unit, resource.Concept?.Name, comparator, resource.WhenText, qualifiers, [Evidence(resource, value, unit)], null);

    public static ResultValue Computed(string operation, object value, string? unit, string? label, params Evidence[] inputs) =>
        new(Json(value), unit, label, null, null, [], [], new Derivation(operation, inputs, new Dictionary<string, string>()));

    public static QueryResult Found(RecordQuery query, IReadOnlyList<ResultValue> values, int matched, int distinct = 1, string? asked = null) =>
        new(query, QueryOutcome.Found, values, matched, distinct, Concepts(query, asked), ["Observation"], [], [], null);

    public static QueryResult Empty(RecordQuery query, QueryOutcome outcome = QueryOutcome.SearchedAndEmpty) =>
        new(query, outcome, [], 0, 0, Concepts(query, null), ["Observation"], outcome == QueryOutcome.SearchedAndEmpty ? [] : ["Observation"], [], null);

    public static RecordQuery Query(RecordKind kind, Aggregate aggregate, string? concept = null, QueryWindow? window = null, ResultElement element = ResultElement.Default) =>
        new(new RecordSelection { Kinds = [kind], Concepts = concept is null ? [] : [concept], Window = window }, aggregate, element);

    public static Claim Claim(string text, QueryResult result) =>
        new(text, 0, [.. result.Values.SelectMany(value => value.Evidence)], result.Values.Select(value => value.Derivation).FirstOrDefault(derivation => derivation is not null), Verdict.Supported);

    public static JsonElement Json(object? value) => value is null ? default : JsonSerializer.SerializeToElement(value);

    private static List<ConceptMatch> Concepts(RecordQuery query, string? asked) =>
        [.. query.Selection.Concepts.Select(concept => new ConceptMatch(asked ?? concept, [concept], [], "text", false))];

    /// <summary>What the verifier finds unsupported in a claim of this chart.</summary>
    public IReadOnlyList<string> Find(Claim claim, QueryResult result) => new ClaimVerifier(new UnitConverter()).FindUnsupported(claim, [result], Build());

    public void Passes(string sentence, QueryResult result) => Assert.Empty(Find(Claim(sentence, result), result));

    public void Refused(string sentence, QueryResult result) => Assert.NotEmpty(Find(Claim(sentence, result), result));

    public void Check(string sentence, QueryResult result, bool isTrue)
    {
        if (isTrue)
            Passes(sentence, result);
        else
            Refused(sentence, result);
    }
}
