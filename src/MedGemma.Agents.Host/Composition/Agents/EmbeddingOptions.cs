using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Planning.Notes.Retrieval;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>The server that makes embeddings of notes; section <c>MedGemma:Planner:Embeddings</c>.</summary>
internal sealed class EmbeddingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = $"{PlannerOptions.Section}:Embeddings";

    /// <summary>Address of a server with OpenAI's <c>/v1/embeddings</c>.</summary>
    /// <value><c>https://host:port</c>, <c>http://127.0.0.1:port</c> or <c>unix:/path</c>, without <c>/v1</c>. Default: none, notes are found by their words only.</value>
    public string? Server { get; set; }

    /// <summary>The model's name at the server.</summary>
    /// <value>Default: <c>embedder</c>.</value>
    [MinLength(1, ErrorMessage = "MedGemma:Planner:Embeddings:Model must not be empty")]
    public string Model { get; set; } = "embedder";

    /// <summary>The key that the server asks for.</summary>
    /// <value>Path of a file that holds nothing else. Default: none.</value>
    public string? ApiKeyFile { get; set; }

    /// <summary>Authority that must have signed an https server's certificate.</summary>
    /// <value>Path of a PEM file. Default: the authorities that the system trusts.</value>
    public string? Authority { get; set; }

    /// <summary>Most passages of one request.</summary>
    /// <value>1 to 2048; 64 by default.</value>
    [Range(1, 2048, ErrorMessage = "MedGemma:Planner:Embeddings:BatchSize must be between 1 and 2048")]
    public int BatchSize { get; set; } = 64;

    /// <summary>Memory for embeddings of passages that were made before, so that a note is embedded once.</summary>
    /// <value>Bytes; 256 MiB by default, 0 for none.</value>
    [Range(0, 1L << 40, ErrorMessage = "MedGemma:Planner:Embeddings:CacheBytes must be between 0 and 1099511627776")]
    public long CacheBytes { get; set; } = 256L << 20;

    /// <summary>Least cosine of a passage that is about the topic; what is right depends on the model.</summary>
    /// <value>-1 to 1; 0.5 by default.</value>
    [Range(-1, 1, ErrorMessage = "MedGemma:Planner:Embeddings:LeastCosine must be between -1 and 1")]
    public double LeastCosine { get; set; } = 0.5;

    /// <summary>How long embeddings are waited for; then passages are found by their words only, and the answer says so.</summary>
    /// <value>At most ten minutes; 20 seconds by default.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "MedGemma:Planner:Embeddings:Timeout must be between 00:00:00.100 and 00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What the retriever goes by.</summary>
    public EmbeddingRetrievalOptions ToRetrieval() => new() { LeastCosine = LeastCosine, Timeout = Timeout };
}
