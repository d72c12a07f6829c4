using System.Text.Json.Serialization;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;

namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>What is right; closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Value), "value")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Order), "order")]
[JsonDerivedType(typeof(NoOrder), "no_order")]
internal abstract record TaskGold
{
    private TaskGold()
    {
    }

    /// <summary>A value.</summary>
    /// <param name="Amount">The number.</param>
    /// <param name="Unit">Its unit.</param>
    /// <param name="Time">Its time as recorded; null for what was computed.</param>
    public sealed record Value(decimal Amount, string Unit, string? Time) : TaskGold;

    /// <summary>Nothing is recorded.</summary>
    public sealed record None : TaskGold;

    /// <summary>One order.</summary>
    /// <param name="Content">What for.</param>
    public sealed record Order(OrderContent Content) : TaskGold;

    /// <summary>No order is right here.</summary>
    public sealed record NoOrder : TaskGold;
}
