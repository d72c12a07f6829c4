using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>How passages are found by their embeddings.</summary>
public class EmbeddingRetrievalOptions
{
    /// <summary>Least cosine of a passage that is about the topic; what is right depends on the model.</summary>
    /// <value>-1 to 1; 0.5 by default.</value>
    [Range(-1, 1, ErrorMessage = "MedGemma:Planner:Embeddings:LeastCosine must be between -1 and 1")]
    public double LeastCosine { get; set; } = 0.5;

    /// <summary>How long embeddings are waited for; then passages are found by their words only, and the answer says so.</summary>
    /// <value>At most ten minutes; 20 seconds by default.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "MedGemma:Planner:Embeddings:Timeout must be between 00:00:00.100 and 00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
