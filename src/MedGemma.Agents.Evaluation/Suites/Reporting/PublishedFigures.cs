namespace MedGemma.Agents.Evaluation.Suites.Reporting;

/// <summary>
/// Results that the MedGemma reports give (arXiv 2507.05201, https://arxiv.org/abs/2507.05201, and arXiv 2604.05081 for 1.5): zero-shot, greedy, one run.
/// </summary>
/// <param name="Figures">The figures by model.</param>
/// <param name="Caution">How far they can be compared with a run here.</param>
public sealed record PublishedFigures(IReadOnlyList<PublishedFigure> Figures, string Caution)
{
    private const string SameExam = "Published, not measured here: the reports' own prompts and splits, one greedy run.";

    /// <summary>What is published for a suite.</summary>
    /// <param name="suite">Name of the suite.</param>
    /// <returns>Null when nothing is.</returns>
    public static PublishedFigures? For(string suite) => suite switch
    {
        SuiteNames.MedQa => Models(50.7m, 64.4m, 69.1m, 87.7m, 85.3m, SameExam),
        SuiteNames.MedMcqa => Models(45.4m, 55.7m, 59.8m, 74.2m, 70.2m, SameExam),
        SuiteNames.PubMedQa => Models(68.4m, 73.4m, 68.2m, 76.8m, 77.2m, SameExam),
        SuiteNames.MmluMedical => Models(67.2m, 70.0m, 69.6m, 87.0m, 86.2m, SameExam),
        SuiteNames.AfriMedQa => Models(48m, 52m, 56m, 84m, 72m, SameExam + " All five are multiples of 4 %, as of a set of 25 questions."),
        SuiteNames.RecordQa => Models(
            70.9m, 67.6m, 89.6m, 86.3m, 90.5m, "Published on EHRQA, not measured here: other patients (Synthea), other questions, other scoring; no figure here can be set against them."),
        _ => null,
    };

    private static PublishedFigures Models(decimal gemma, decimal four, decimal fourNew, decimal text, decimal multimodal, string caution) => new(
        [
            new("Gemma 3 4B", gemma),
            new("MedGemma 4B", four),
            new("MedGemma 1.5 4B", fourNew),
            new("MedGemma 27B text", text),
            new("MedGemma 27B multimodal", multimodal),
        ],
        caution);
}
