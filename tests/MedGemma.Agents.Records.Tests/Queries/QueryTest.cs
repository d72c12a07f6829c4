using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>Runs queries and checks the proof of every value on the way.</summary>
internal static class QueryTest
{
    public static readonly DateTimeOffset AsOf = new(2024, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly QueryContext Now = new(AsOf, TimeZoneInfo.Utc);

    private static readonly UnitConverter Units = new();

    public static QueryResult Run(
        PatientRecord record, RecordSelection selection, Aggregate aggregate, ResultElement element = ResultElement.Default, string? unit = null, NamedResolver? resolver = null, QueryContext? context = null)
    {
        var engine = new RecordQueryEngine(resolver ?? new NamedResolver(), Units);
        var result = engine.Run(record, new RecordQuery(selection, aggregate, element, unit), context ?? Now);
        AssertProved(record, result);
        return result;
    }

    public static RecordSelection Of(RecordKind kind, params string[] concepts) => new() { Kinds = [kind], Concepts = concepts };

    public static QueryWindow Window(string? from, string? until) =>
        new(from is null ? null : DateTimeOffset.Parse(from), until is null ? null : DateTimeOffset.Parse(until), null);

    public static List<string> Texts(QueryResult result) => [.. result.Values.Select(value => value.Value.ToString())];

    public static decimal Number(QueryResult result) => Assert.Single(result.Values).Value.GetDecimal();

    /// <summary>Every value stands where its evidence says, or its derivation gives it again.</summary>
    public static void AssertProved(PatientRecord record, QueryResult result, EvidenceCheck? shared = null)
    {
        var check = shared ?? new EvidenceCheck();
        var recomputer = new DerivationRecomputer(Units);
        foreach (var value in result.Values)
        {
            foreach (var evidence in value.Evidence.Concat(value.Derivation?.Inputs ?? []))
                Assert.Null(check.Find(record, evidence));

            if (value.Derivation is null)
            {
                Assert.NotEmpty(value.Evidence);
                Assert.True(JsonElement.DeepEquals(value.Value, value.Evidence[0].Value), "The value is not its evidence's.");
            }
            else
            {
                Assert.True(recomputer.TryRecompute(value.Derivation, out var again), $"{value.Derivation.Operation} cannot be recomputed.");
                Assert.True(JsonElement.DeepEquals(value.Value, again), $"{value.Derivation.Operation}: {value.Value} is not {again}.");
            }
        }
    }
}
