namespace MedGemma.Agents.Records.Sources;

/// <summary>A patient that a search found.</summary>
/// <param name="Id">Logical id of the Patient resource.</param>
/// <param name="Name">Display name, or null when the resource has none.</param>
/// <param name="BirthDate">As recorded, possibly partial.</param>
/// <param name="Gender">Administrative gender code.</param>
/// <param name="Identifiers">Identifier values, medical record numbers among them.</param>
public sealed record PatientMatch(string Id, string? Name, string? BirthDate, string? Gender, IReadOnlyList<string> Identifiers)
{
    /// <summary>The reference of the patient that this one was merged into, which is the one to open; null when none is named.</summary>
    public string? ReplacedBy { get; init; }
}
