namespace MedGemma.Agents.Records.Queries;

/// <summary>What a record query gave.</summary>
/// <param name="Query">The query.</param>
/// <param name="Outcome">Found, searched and empty, not supplied, or failed.</param>
/// <param name="Values">The values with their proof, ordered by clinical time (extremes and groups by their own order).</param>
/// <param name="Matched">Resources that the selection matched.</param>
/// <param name="DistinctConcepts">Distinct concepts among them.</param>
/// <param name="Concepts">What each concept of the selection was taken for.</param>
/// <param name="Types">Resource types that were searched.</param>
/// <param name="Missing">Of those, the types whose absence the receipt does not prove.</param>
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
    QueryProblem? Problem);
