namespace MedGemma.Agents.Records.Model;

/// <summary>A FHIR Coding.</summary>
/// <param name="System">Code system URI, or null.</param>
/// <param name="Code">Code, or null.</param>
/// <param name="Display">Display, or null.</param>
public readonly record struct Coding(string? System, string? Code, string? Display);
