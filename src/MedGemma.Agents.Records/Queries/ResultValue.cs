using System.Text.Json;

namespace MedGemma.Agents.Records.Queries;

/// <summary>One value of a query result with its proof: evidence when it stands in the record, a derivation when it was computed.</summary>
/// <param name="Value">Number, boolean or string; dates and instants as recorded.</param>
/// <param name="Unit">Unit of a number, or null.</param>
/// <param name="Label">What the value is about, from the record: the display of the concept, a medication's name, a bucket.</param>
/// <param name="Comparator">FHIR quantity comparator (<c>&lt;</c>, <c>&lt;=</c>, <c>&gt;=</c>, <c>&gt;</c>), or null.</param>
/// <param name="Time">Clinical time as recorded, or null.</param>
/// <param name="Qualifiers">Labels that must be said with it: <c>preliminary</c>, <c>status not recorded</c>, <c>stopped</c>.</param>
/// <param name="Evidence">Where it stands; for a computed value what it was chosen from or rests on.</param>
/// <param name="Derivation">How it was computed, or null when it stands in the record.</param>
public sealed record ResultValue(
    JsonElement Value,
    string? Unit,
    string? Label,
    string? Comparator,
    string? Time,
    IReadOnlyList<string> Qualifiers,
    IReadOnlyList<Evidence> Evidence,
    Derivation? Derivation);
