using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>A run of words that the vocabulary knows.</summary>
/// <param name="Start">Index of the first word.</param>
/// <param name="Length">Number of words.</param>
/// <param name="Terms">What they may mean; several when the words are used for different things ("calcium").</param>
public sealed record VocabularyPhrase(int Start, int Length, ImmutableArray<VocabularyTerm> Terms);
