namespace MedGemma.Agents.Records.Queries;

/// <summary>A half-open window of a query, <c>[From, Until)</c>.</summary>
/// <param name="From">First moment inside, or null for none.</param>
/// <param name="Until">First moment after, or null for the instant of the question.</param>
/// <param name="Text">How the question put it, echoed in the answer.</param>
public sealed record QueryWindow(DateTimeOffset? From = null, DateTimeOffset? Until = null, string? Text = null);
