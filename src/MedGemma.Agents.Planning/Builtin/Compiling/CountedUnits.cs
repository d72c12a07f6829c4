using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>"How many litres of oxygen", "how many pack-years": what is counted is the unit of a value, so that the value is asked for and not how often it was recorded.</summary>
internal sealed class CountedUnits(IRecordQueryEngine engine, IUnitConverter units)
{
    private static readonly string[] s_entries = ["results", "tests", "times", "readings", "measurements", "values", "checks", "entries", "levels", "samples", "recordings", "records", "ones", "different"];

    /// <summary>The query for the value, or the one given.</summary>
    /// <param name="record">The record.</param>
    /// <param name="question">The clause.</param>
    /// <param name="query">A count.</param>
    /// <param name="context">Instant and zone.</param>
    public RecordQuery Read(PatientRecord record, QuestionText question, RecordQuery query, QueryContext context)
    {
        if (query is not { Aggregate: CountAggregate { Distinct: false }, Selection: { Concepts.Count: 1, Value: null } } || !query.Selection.Kinds.All(IsMeasured) || CountedWord(question) is not { } counted)
            return query;

        // "How many INRs" counts tests, though their unit is called so too.
        var latest = query with { Selection = query.Selection with { CurrentOnly = false }, Aggregate = new LatestAggregate(), Element = ResultElement.Default };
        var result = engine.Run(record, latest, context);
        return result.Outcome == QueryOutcome.Found && result.Values.All(value => value.Value.ValueKind == System.Text.Json.JsonValueKind.Number)
            && (IsUnit(counted) || !query.Selection.Kinds.Contains(RecordKind.LaboratoryResult) && result.Values.All(value => value.Unit is { } unit && QuestionText.Tokenize(unit).Exists(part => Stem(part.Word) == Stem(counted))))
                ? latest
                : query;
    }

    /// <summary>The word behind "how many", unless it counts entries.</summary>
    private static string? CountedWord(QuestionText question)
    {
        if (question.Tokens.Any(token => s_entries.Contains(token.Word, StringComparer.Ordinal)))
            return null;

        for (var i = 0; i + 2 < question.Count; i++)
            if (question[i] is "how" && question[i + 1] is "many")
                return question[i + 2];

        return null;
    }

    private bool IsUnit(string word) => word.Length > 2 && (units.IsKnown(word) || units.IsKnown(Stem(word)));

    private static string Stem(string word) => word.TrimEnd('s');

    private static bool IsMeasured(RecordKind kind) => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign or RecordKind.SocialHistory;
}
