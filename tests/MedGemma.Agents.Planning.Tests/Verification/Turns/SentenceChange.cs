namespace MedGemma.Agents.Planning.Tests.Verification.Turns;

/// <summary>One sentence made of another.</summary>
/// <param name="Kind">What was changed, for the figures.</param>
/// <param name="Text">The sentence now.</param>
internal sealed record SentenceChange(string Kind, string Text);
