namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>A multiple-choice question with one right option.</summary>
/// <param name="Id">Identifier, unique in its file.</param>
/// <param name="Subject">The subject it counts in.</param>
/// <param name="Context">What must be read before it, or null.</param>
/// <param name="Stem">The question.</param>
/// <param name="Options">The options in order.</param>
/// <param name="Gold">Letter of the right one.</param>
internal sealed record ExamQuestion(string Id, string Subject, string? Context, string Stem, IReadOnlyList<ExamOption> Options, char Gold)
{
    /// <summary>Options of texts, lettered from A.</summary>
    public static IReadOnlyList<ExamOption> Lettered(IEnumerable<string> texts) => [.. texts.Select((text, place) => new ExamOption((char)('A' + place), text))];
}
