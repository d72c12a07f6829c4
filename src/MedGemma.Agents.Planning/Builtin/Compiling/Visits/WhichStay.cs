using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>
/// Which of several stays a question means that speaks of one and does not say which: the one that goes on at the instant of the question ("when was she admitted", "why is he in hospital"),
/// else the last one where the words are of one ("this admission", "was he discharged").
/// </summary>
internal sealed class WhichStay(IRecordQueryEngine engine)
{
    private static readonly string[] s_plurals = ["admissions", "stays", "hospitalizations", "hospitalisations", "visits", "encounters", "discharges", "attendances", "dates", "times", "all", "each", "every", "list", "any", "ever"];

    private static readonly string[] s_ones = ["admission", "stay", "hospitalization", "hospitalisation", "discharge", "visit", "attendance", "encounter"];

    private static readonly string[] s_deeds = ["admitted", "discharged", "hospitalised", "hospitalized", "readmitted", "released"];

    /// <summary>The query bound to the stay that is meant, with what is said of it; null when the question says which, or means several.</summary>
    public (RecordQuery Query, string Reading)? Narrow(PatientRecord record, QuestionFrame frame, IReadOnlyList<string> words, RecordQuery query, QueryContext context)
    {
        if (!IsOpen(frame, query) || words.Any(s_plurals.Contains))
            return null;

        var isOfEnd = query.Element is ResultElement.End or ResultElement.DischargeDisposition or ResultElement.Discharger;
        var running = query with { Selection = query.Selection with { CurrentOnly = true } };
        if (!isOfEnd && IsThere(record, running, context))
        {
            running = query.Element == ResultElement.Duration && frame.Duration is null or { IsOngoing: false } ? running with { Element = ResultElement.Default, Aggregate = new TimeBetweenAggregate(null) } : running;
            return (running, "The stay that goes on is meant.");
        }

        if (!SaysOne(words) || query.Element is ResultElement.Default or ResultElement.Name)
            return null;

        var count = engine.Run(record, query with { Aggregate = new CountAggregate(), Element = ResultElement.Default }, context);
        return count.Values is [{ Value: { ValueKind: JsonValueKind.Number } many }, ..] && many.TryGetInt32(out var number) && number > 1
            ? (query with { Aggregate = new LatestAggregate() }, $"Of {number} the last one is meant.")
            : null;
    }

    private static bool IsOpen(QuestionFrame frame, RecordQuery query) =>
        query.Selection is { Window: null, Encounter: null, CurrentOnly: false, Statuses.Count: 0, Concepts.Count: 0, WithinDaysOfPrevious: null, Setting.Count: 0, Via: null, Where: null, Kinds: [RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit] }
        && query.Aggregate is ListAggregate { Last: null } && frame is { Each: null, LastCount: null, Total: false, Asking: Asking.Plain or Asking.Time or Asking.Name or Asking.Duration };

    private bool IsThere(PatientRecord record, RecordQuery query, QueryContext context) =>
        engine.Run(record, query with { Aggregate = new ExistsAggregate(), Element = ResultElement.Default }, context).Values is [{ Value.ValueKind: JsonValueKind.True }, ..];

    /// <summary>"Was she admitted", "this admission", "her discharge": of one, whichever.</summary>
    private static bool SaysOne(IReadOnlyList<string> words)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (s_ones.Contains(words[i]) && words[i - 1] is "this" or "current" or "present" or "the" or "her" or "his" or "my" or "their" || words[i] is "date" && s_ones.Contains(words[i - 1]))
                return true;
            if (s_deeds.Contains(words[i]) && words.Take(i).Any(word => word is "was" or "is" or "were" or "did") && !words.Contains("has") && !words.Contains("had"))
                return true;
        }

        return words.Count > 0 && s_ones.Contains(words[0]);
    }
}
