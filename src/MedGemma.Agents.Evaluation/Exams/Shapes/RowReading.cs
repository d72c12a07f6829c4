namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>What a row of an exam's file turned out to be; closed.</summary>
internal abstract record RowReading
{
    private RowReading()
    {
    }

    /// <summary>A question of the exam.</summary>
    public sealed record Question(ExamQuestion Read) : RowReading;

    /// <summary>A row that belongs to the file and not to the exam.</summary>
    public sealed record LeftOut(string Reason) : RowReading;
}
