using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Models;

/// <summary>Keeps what models did in a turn, and tells of each call. Not thread-safe: a turn's calls follow one another.</summary>
/// <param name="observer">Told, or null.</param>
internal sealed class TurnWork(IAnswerObserver? observer = null)
{
    private readonly List<AgentWork> _agents = [];
    private readonly List<ModelCall> _calls = [];

    public ValueTask AddAsync(AgentWork agent, ModelCall call)
    {
        var known = _agents.FindIndex(other => other.Name == agent.Name);
        if (known < 0)
            _agents.Add(agent);
        else if (agent.ModelId is not null)
            _agents[known] = agent;
        _calls.Add(call);
        return observer?.ModelCalledAsync(agent, call) ?? ValueTask.CompletedTask;
    }

    /// <summary>What was done so far; null when no model was called.</summary>
    public ModelWork? Done() => _calls.Count == 0 ? null : new ModelWork([.. _agents], [.. _calls]);
}
