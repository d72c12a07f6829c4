using MedGemma.Agents.Evaluation.AgentTasks.Orders;

namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>A conditional order as a hospital would configure it: the same as a task's instruction, for agents that read no English.</summary>
/// <param name="When">When the answer to the task's question calls for the order.</param>
/// <param name="Unless">A yes-or-no question whose yes forbids the order; null when nothing does.</param>
/// <param name="Order">What is then ordered.</param>
internal sealed record Protocol(ProtocolCondition When, string? Unless, OrderContent Order);
