namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>How the next token is chosen.</summary>
public sealed record Sampling
{
    /// <summary>Always the most likely token, as in all published MedGemma results.</summary>
    public static Sampling Greedy { get; } = new();

    /// <value>0 for the most likely token; above, the softmax temperature, at most 2. Default: 0.</value>
    public float Temperature { get; init; }

    /// <value>Keep this many most likely tokens; null for all. Default: null.</value>
    public int? TopK { get; init; }

    /// <value>Keep the most likely tokens that have this much probability together, above 0 and at most 1. Default: 1.</value>
    public float TopP { get; init; } = 1;

    /// <value>Keep the tokens that are at least this many times as likely as the most likely one, 0 to 1. Default: 0.</value>
    public float MinP { get; init; }

    /// <value>Subtracted from the logit of a token for each time that it has been generated, -2 to 2. Default: 0.</value>
    public float FrequencyPenalty { get; init; }

    /// <value>Subtracted from the logit of a token that has been generated, -2 to 2. Default: 0.</value>
    public float PresencePenalty { get; init; }

    /// <value>Seed of the random choice; null for one that the engine picks. Default: null.</value>
    public long? Seed { get; init; }
}
