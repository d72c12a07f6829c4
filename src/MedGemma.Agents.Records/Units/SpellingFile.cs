namespace MedGemma.Agents.Records.Units;

/// <summary>Shape of <c>Units/Data/spellings.json</c>.</summary>
/// <param name="Source">Where the spellings are from.</param>
/// <param name="Whole">UCUM code by the spelling of a whole unit.</param>
/// <param name="Parts">UCUM atom by the spelling of one factor of a unit.</param>
internal sealed record SpellingFile(string Source, Dictionary<string, string> Whole, Dictionary<string, string> Parts);
