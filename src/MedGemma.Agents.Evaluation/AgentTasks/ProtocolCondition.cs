namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>What a value must be.</summary>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Bound">With what; null for an absence.</param>
/// <param name="Unit">Unit of the bound; null for an absence.</param>
internal sealed record ProtocolCondition(ProtocolComparison Comparison, decimal? Bound, string? Unit)
{
    /// <summary>Whether a recorded value is so.</summary>
    public bool Holds(decimal value) => Comparison switch
    {
        ProtocolComparison.Below => value < Bound,
        ProtocolComparison.Above => value > Bound,
        _ => false,
    };
}
