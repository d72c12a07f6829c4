namespace MedGemma.Agents.Records.Store;

/// <summary>What an erasure did.</summary>
/// <param name="WasKnown">Whether the store had anything of the patient.</param>
/// <param name="Versions">Versions of resources that were deleted, supporting ones that only this patient used among them.</param>
/// <param name="StillMentionedBy">Resources of other patients that reference this one (a newborn's mother); they belong to those patients and stay.</param>
public sealed record EraseOutcome(bool WasKnown, long Versions, long StillMentionedBy);
