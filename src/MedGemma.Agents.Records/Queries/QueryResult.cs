using System.Text.Json;
using MedGemma.Agents.Records.Queries.Running;

namespace MedGemma.Agents.Records.Queries;

/// <summary>What a record query gave.</summary>
/// <param name="Query">The query.</param>
/// <param name="Outcome">Found, searched and empty, not supplied, or failed.</param>
/// <param name="Values">The values with their proof, ordered by clinical time (extremes and groups by their own order).</param>
/// <param name="Matched">Resources that the selection matched.</param>
/// <param name="DistinctConcepts">Distinct concepts among them.</param>
/// <param name="Concepts">What each concept of the selection was taken for.</param>
/// <param name="Types">Resource types that were searched.</param>
/// <param name="Missing">Of those, and of the types that had to be followed, the ones whose absence the receipt does not prove.</param>
/// <param name="Notes">What must be said with the answer: excluded by status, comparators left out, disagreeing values, implausible units, a window echoed.</param>
/// <param name="Problem">Why it failed, or null.</param>
public sealed record QueryResult(
    RecordQuery Query,
    QueryOutcome Outcome,
    IReadOnlyList<ResultValue> Values,
    int Matched,
    int DistinctConcepts,
    IReadOnlyList<ConceptMatch> Concepts,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Notes,
    QueryProblem? Problem)
{
    /// <summary>Texts that would have belonged to the values and could not be read, where text was asked for.</summary>
    public IReadOnlyList<UnreadText> Unread { get; init; } = [];

    /// <summary>Of the missing types those that may hold more than was supplied: the one Patient of a record is always there.</summary>
    public IEnumerable<string> OpenTypes => Missing.Where(type => type != "Patient");

    /// <summary>
    /// True when what was not supplied could change the values: they are then those of what was supplied, and no fact about the patient. That something is recorded
    /// stays true whatever else there is; a latest, highest, nth or current one, a count, a list and a statistic do not, nor what is chosen by them.
    /// </summary>
    public bool DependsOnMissing => Values.Count > 0 && OpenTypes.Any() && !IsProvedByWhatIsThere;

    /// <summary>True when what was matched stays matched, whatever else there is: nothing that is missing could end it or have chosen another selection.</summary>
    public bool IsOnlyAddedTo =>
        !Query.Selection.IsOfCurrent && !Query.Selection.RestsOn.Any(kind => kind == RecordKind.Any || KindTypes.Of(kind).Any(Missing.Contains));

    private bool IsProvedByWhatIsThere => Query.Aggregate is ExistsAggregate && Values.All(value => value.Value.ValueKind == JsonValueKind.True) && IsOnlyAddedTo;
}
