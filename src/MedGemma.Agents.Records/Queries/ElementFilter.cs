namespace MedGemma.Agents.Records.Queries;

/// <summary>A condition on what an element of a resource says: the indication of an order, the manifestation of an allergy.</summary>
/// <param name="Element">The element.</param>
/// <param name="Words">Whole words, case aside, one of which the element says; empty where it need only be recorded.</param>
public sealed record ElementFilter(ResultElement Element, IReadOnlyList<string> Words);
