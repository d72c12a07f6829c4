namespace MedGemma.Agents.Planning.Answers;

/// <summary>What models did for an answer: enough to run it again and to find the first difference.</summary>
/// <param name="Agents">The agents that took part, in the order of their first call.</param>
/// <param name="Calls">Every call of a model, in order.</param>
public sealed record ModelWork(IReadOnlyList<AgentWork> Agents, IReadOnlyList<ModelCall> Calls);
