namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>How a value was computed from what stands in the record.</summary>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Inputs">What it was computed from, in order.</param>
/// <param name="Parameters">What else went in.</param>
internal sealed record Computation(string Operation, IReadOnlyList<ElementValue> Inputs, IReadOnlyDictionary<string, string> Parameters);
