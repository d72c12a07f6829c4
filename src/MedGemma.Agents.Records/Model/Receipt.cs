namespace MedGemma.Agents.Records.Model;

/// <summary>What was asked for and read when a record was made: the proof behind a "none recorded".</summary>
/// <param name="Source">A name of the source without patient data, for example <c>files</c>, <c>store</c> or a server's base URL.</param>
/// <param name="ReadAt">When the record was read.</param>
/// <param name="Types">One entry for each resource type that was read or declared, by type name.</param>
/// <param name="AllComplete">True when the source vouches for every type, so that a type without an entry is known to be empty.</param>
public sealed record Receipt(
    string Source,
    DateTimeOffset ReadAt,
    IReadOnlyDictionary<string, TypeReceipt> Types,
    bool AllComplete)
{
    /// <summary>Other records of the same person, as the patient's links name them: a part of the chart may lie there, and was not read.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>Whether absence of a resource of any type is proved that has no entry in <see cref="Types"/>.</summary>
    public bool IsWhole => AllComplete && Elsewhere.Count == 0;

    /// <summary>Whether absence of a resource of this type is proved. Only the Patient resource is, while another record of the same person was not read.</summary>
    /// <param name="type">FHIR resource type name.</param>
    public bool IsComplete(string type) =>
        (Elsewhere.Count == 0 || type == "Patient") && (Types.TryGetValue(type, out var read) ? read.Complete && read.Denied is null : AllComplete);
}
