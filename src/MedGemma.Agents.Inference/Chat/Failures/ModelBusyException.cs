namespace MedGemma.Agents.Inference.Chat.Failures;

/// <summary>All places are taken and the queue is full; the same request may succeed later.</summary>
/// <param name="retryAfter">When to try again.</param>
/// <param name="inner">What said so.</param>
public sealed class ModelBusyException(TimeSpan retryAfter, Exception? inner = null)
    : InferenceException("The model is busy; try again later.", inner)
{
    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
