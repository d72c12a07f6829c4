namespace MedGemma.Agents.Records.Status;

/// <summary>What a status code means for counting.</summary>
/// <param name="Standing">Whether a resource with it counts.</param>
/// <param name="Label">What must be said with it, or why it never counts; null when nothing.</param>
internal readonly record struct StatusRule(Standing Standing, string? Label);
