namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>When a question is asked; closed.</summary>
internal abstract record AskedAt
{
    private AskedAt()
    {
    }

    /// <summary>At an instant.</summary>
    /// <param name="Moment">The instant.</param>
    public sealed record Instant(DateTimeOffset Moment) : AskedAt;

    /// <summary>At a time of day without a zone: what the clock showed where the record was kept.</summary>
    /// <param name="Local">The time shown.</param>
    public sealed record OnTheRecordsClock(DateTime Local) : AskedAt;
}
