namespace MedGemma.Agents.Records.Queries;

/// <summary>How a value that stands nowhere in the record was computed, so that it can be computed again.</summary>
/// <param name="Operation">Name of the operation: <c>count</c>, <c>count-distinct</c>, <c>exists</c>, <c>mean</c>, <c>median</c>, <c>sum</c>, <c>delta</c>, <c>trend</c>, <c>slope</c>, <c>duration</c>, <c>age</c>, <c>decode</c>, <c>narrative</c>, <c>time-between</c>, <c>convert</c>, <c>calculate</c>.</param>
/// <param name="Inputs">The evidence it was computed from, all of it, in the order that the operation took it.</param>
/// <param name="Parameters">What else went in: target unit, conversion factor, bucket.</param>
public sealed record Derivation(string Operation, IReadOnlyList<Evidence> Inputs, IReadOnlyDictionary<string, string> Parameters);
