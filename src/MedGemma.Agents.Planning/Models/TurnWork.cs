using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Models;

/// <summary>Keeps what models did in a turn, and tells of each call. Not thread-safe: a turn's calls follow one another.</summary>
/// <param name="observer">Told, or null.</param>
/// <param name="again">What models did in the turn that this one runs again, or null.</param>
internal sealed class TurnWork(IAnswerObserver? observer = null, ModelWork? again = null)
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

    /// <summary>Where rounding decided in the call that the next one repeats; empty where it repeats none.</summary>
    /// <param name="agent">The agent that calls.</param>
    /// <param name="prompt">SHA-256 of what its model will read.</param>
    public IReadOnlyList<NearTie> NearTiesOfNext(string agent, string prompt) =>
        _calls.Count < again?.Calls.Count && again.Calls[_calls.Count] is { NearTies: { } ties } call && call.Agent == agent && call.Prompt == prompt ? ties : [];

    /// <summary>What was done so far; null when no model was called.</summary>
    public ModelWork? Done() => _calls.Count == 0 ? null : new ModelWork([.. _agents], [.. _calls]);
}
