namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>Leaves the reading of a pattern that no grammar can hold; never leaves <see cref="PatternParser"/>.</summary>
internal sealed class PatternException(string message) : Exception(message);
