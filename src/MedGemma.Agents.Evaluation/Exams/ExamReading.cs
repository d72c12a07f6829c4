namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>What a model's output says; closed.</summary>
internal abstract record ExamReading
{
    private ExamReading()
    {
    }

    /// <summary>One option.</summary>
    /// <param name="Letter">Its letter.</param>
    public sealed record Chosen(char Letter) : ExamReading;

    /// <summary>No answer, or more than one.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Unreadable(string Problem) : ExamReading;
}
