namespace MedGemma.Agents.Records.Reading;

/// <summary>Whose a resource is, as far as it says itself.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Reference">The reference as written, for <see cref="SubjectKind.Reference"/>; <c>Patient/id</c> for a Patient.</param>
public readonly record struct ResourceSubject(SubjectKind Kind, string? Reference);
