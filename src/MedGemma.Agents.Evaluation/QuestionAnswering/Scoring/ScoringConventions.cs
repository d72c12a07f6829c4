using System.Collections.Frozen;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

/// <summary>What a data set means by its gold answers where that is a convention of the data set.</summary>
/// <param name="AlternativeTemplates">Templates whose gold lists several identifiers of one thing, any of which is right.</param>
internal sealed record ScoringConventions(IReadOnlySet<string> AlternativeTemplates)
{
    /// <summary>
    /// The templates of FHIRPath-QA on MIMIC-IV whose gold lists several identifiers of one thing: product codes and name of
    /// a drug, code and display of a specimen.
    /// </summary>
    public static IReadOnlyList<string> DefaultAlternativeTemplates { get; } = ["drug-name", "drug-name-route", "specimen-name"];

    /// <summary>The conventions with <see cref="DefaultAlternativeTemplates"/>.</summary>
    public static ScoringConventions Default { get; } = new(DefaultAlternativeTemplates.ToFrozenSet(StringComparer.Ordinal));
}
