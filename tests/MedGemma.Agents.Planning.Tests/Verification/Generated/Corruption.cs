namespace MedGemma.Agents.Planning.Tests.Verification.Generated;

/// <summary>One way to make a true sentence false.</summary>
/// <param name="Kind">What is corrupted, for the figures.</param>
/// <param name="Slot">The slot of the template, or null when <paramref name="Value"/> is the whole sentence.</param>
/// <param name="Value">What it says instead.</param>
internal sealed record Corruption(string Kind, string? Slot, string Value);
