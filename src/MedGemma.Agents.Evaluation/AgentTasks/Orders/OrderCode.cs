namespace MedGemma.Agents.Evaluation.AgentTasks.Orders;

/// <summary>What an order is for.</summary>
/// <param name="System">The code system's URI.</param>
/// <param name="Code">The code.</param>
/// <param name="Display">Its name; two orders of one code are the same whatever they are called.</param>
internal sealed record OrderCode(string System, string Code, string Display)
{
    /// <inheritdoc/>
    public bool Equals(OrderCode? other) => other is not null && System == other.System && Code == other.Code;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(System, Code);
}
