namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>How passages are found by their embeddings.</summary>
public sealed record EmbeddingRetrievalOptions
{
    /// <summary>Least cosine of a passage that is about the topic; what is right depends on the model.</summary>
    /// <value>-1 to 1; 0.5 by default.</value>
    public double LeastCosine { get; init; } = 0.5;

    /// <summary>How long embeddings are waited for; then passages are found by their words only, and the answer says so.</summary>
    /// <value>20 seconds by default.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);
}
