using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Planning.Agents;

/// <summary>How an agent's model is called; <c>options</c> of <c>agent.yaml</c>.</summary>
public sealed class AgentOptions
{
    /// <summary>Temperature of the sampling.</summary>
    /// <value>0 (default) takes the most likely token: all published results are greedy. 0 to 2.</value>
    [Range(0.0, 2.0, ErrorMessage = "options.temperature must be from 0 to 2")]
    public float Temperature { get; set; }

    /// <summary>Seed of the sampling.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; set; }

    /// <summary>Whether the model may think before it answers, where it was trained to.</summary>
    /// <value>Default: false.</value>
    public bool Thinking { get; set; }

    /// <summary>Most tokens of thought; a model that reaches it gives no answer.</summary>
    /// <value>Default: 2000. 1 to 32000.</value>
    [Range(1, 32_000, ErrorMessage = "options.maxThinkingTokens must be from 1 to 32000")]
    public int MaxThinkingTokens { get; set; } = 2000;

    /// <summary>Most tokens of an answer, thoughts not counted.</summary>
    /// <value>Default: 2048. 1 to 8192.</value>
    [Range(1, 8192, ErrorMessage = "options.maxOutputTokens must be from 1 to 8192")]
    public int MaxOutputTokens { get; set; } = 2048;

    /// <summary>Debugging only: keeps the thoughts in the stored turn. They quote the record and are never verified.</summary>
    /// <value>Default: false.</value>
    public bool KeepThoughts { get; set; }
}
