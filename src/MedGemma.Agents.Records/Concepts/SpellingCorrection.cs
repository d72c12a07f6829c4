namespace MedGemma.Agents.Records.Concepts;

/// <summary>What misspelt words may have meant.</summary>
/// <param name="Readings">Corrected words, each a possible reading; empty when nothing was corrected.</param>
/// <param name="NearDrugs">Drugs of the record whose names are near; they are only reported.</param>
/// <param name="IsNearDrug">True when a word is near the name of a drug, so that nothing may be taken.</param>
internal sealed record SpellingCorrection(IReadOnlyList<string[]> Readings, IReadOnlyCollection<int> NearDrugs, bool IsNearDrug);
