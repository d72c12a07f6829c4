using MedGemma.Agents.Evaluation.AgentTasks.Orders;

namespace MedGemma.Agents.Evaluation.AgentTasks.Generating;

/// <summary>A conditional order on a measurement.</summary>
/// <param name="Key">Key of the measurement.</param>
/// <param name="Comparison">How its latest value is compared.</param>
/// <param name="Bounds">Bounds to choose from.</param>
/// <param name="Order">What is then ordered.</param>
/// <param name="Blocker">What forbids it, or null.</param>
internal sealed record SeriesProtocol(string Key, ProtocolComparison Comparison, IReadOnlyList<decimal> Bounds, OrderContent Order, ProtocolBlocker? Blocker = null);
