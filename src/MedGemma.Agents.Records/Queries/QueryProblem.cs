namespace MedGemma.Agents.Records.Queries;

/// <summary>Why a query could not be answered.</summary>
/// <param name="Code">A stable word: <c>unknown-concept</c>, <c>hidden-concept</c>, <c>ambiguous-concept</c>, <c>incompatible-units</c>, <c>not-numeric</c>, <c>element-not-of-kind</c>, <c>undetermined</c>, <c>invalid-query</c>.</param>
/// <param name="Message">What is wrong and what would make it answerable, in one sentence.</param>
public sealed record QueryProblem(string Code, string Message);
