namespace MedGemma.Agents.Planning.Verification.Language;

/// <summary>A word that speaks of a whole result set.</summary>
internal enum Superlative
{
    Latest,
    Earliest,
    Highest,
    Lowest,
    Mean,
    Median,
    Sum,
    Only,
    All,
    Penultimate,

    /// <summary>Most, many, some, worst: no query proves it.</summary>
    Unprovable,
}
