using System.Text.Json.Serialization;

namespace MedGemma.Agents.Evaluation.AgentTasks.Orders;

/// <summary>What is ordered; closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Medication), "medication")]
[JsonDerivedType(typeof(Service), "service")]
internal abstract record OrderContent
{
    private OrderContent()
    {
    }

    /// <summary>A drug in a dose.</summary>
    /// <param name="Drug">The drug.</param>
    /// <param name="Dose">Amount of one dose.</param>
    /// <param name="Unit">Its UCUM unit.</param>
    public sealed record Medication(OrderCode Drug, decimal Dose, string Unit) : OrderContent;

    /// <summary>A test or an examination.</summary>
    /// <param name="Test">Which.</param>
    public sealed record Service(OrderCode Test) : OrderContent;
}
