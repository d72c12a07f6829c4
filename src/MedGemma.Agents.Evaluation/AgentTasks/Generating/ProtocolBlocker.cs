using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.AgentTasks.Generating;

/// <summary>What forbids an order.</summary>
/// <param name="Kind">Kind of the facts that do.</param>
/// <param name="Keys">Their keys.</param>
/// <param name="Words">How the instruction says it.</param>
/// <param name="Question">The yes-or-no question whose yes forbids it.</param>
internal sealed record ProtocolBlocker(FactKind Kind, IReadOnlyList<string> Keys, string Words, string Question);
