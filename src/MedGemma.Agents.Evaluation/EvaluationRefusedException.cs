namespace MedGemma.Agents.Evaluation;

/// <summary>An evaluation that cannot be done as asked. The message is one line for the one who asked, and holds no patient data.</summary>
public sealed class EvaluationRefusedException : Exception
{
    /// <summary>Refuses.</summary>
    /// <param name="message">What to change, in one line.</param>
    public EvaluationRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses because of something that went wrong below.</summary>
    /// <param name="message">What to change, in one line.</param>
    /// <param name="innerException">What went wrong.</param>
    public EvaluationRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
