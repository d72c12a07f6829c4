namespace MedGemma.Agents.Evaluation.QuestionAnswering;

/// <summary>What an evaluation run reads, writes and takes for right.</summary>
/// <param name="Questions">File of question lines.</param>
/// <param name="Predictions">Where the prediction lines go; replaced only by a complete run.</param>
/// <param name="Report">Where the HTML report goes, or null for none.</param>
/// <param name="Concurrency">Most questions answered at once, at least 1.</param>
/// <param name="Audit">Whether every answer's evidence is evaluated again on the raw resources.</param>
/// <param name="AlternativeTemplates">Templates whose gold lists several identifiers of one thing, any of which is right; null takes <see cref="DefaultAlternativeTemplates"/>.</param>
public sealed record EvaluationOptions(
    string Questions,
    string Predictions,
    string? Report,
    int Concurrency,
    bool Audit,
    IReadOnlyCollection<string>? AlternativeTemplates)
{
    /// <summary>The run file to write beside the predictions.</summary>
    /// <value>Default: none.</value>
    public EvaluationRun? Run { get; init; }

    /// <summary>The alternatives of FHIRPath-QA on MIMIC-IV: <c>drug-name</c>, <c>drug-name-route</c>, <c>specimen-name</c>.</summary>
    public static IReadOnlyList<string> DefaultAlternativeTemplates => Scoring.ScoringConventions.DefaultAlternativeTemplates;
}
