using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>Holds the steps of an answer back until it is known whether that answer is the one. For one turn.</summary>
internal sealed class HeldObserver : IAnswerObserver
{
    private readonly List<Func<IAnswerObserver, CancellationToken, ValueTask>> _steps = [];

    public ValueTask PlannedAsync(IReadOnlyList<RecordQuery> queries, CancellationToken cancellationToken) => Hold((to, cancel) => to.PlannedAsync(queries, cancel));

    public ValueTask QueriedAsync(QueryResult result, CancellationToken cancellationToken) => Hold((to, cancel) => to.QueriedAsync(result, cancel));

    public ValueTask ClaimedAsync(Claim claim, CancellationToken cancellationToken) => Hold((to, cancel) => to.ClaimedAsync(claim, cancel));

    public ValueTask ModelCalledAsync(AgentWork agent, ModelCall call) => Hold((to, _) => to.ModelCalledAsync(agent, call));

    /// <summary>Tells another observer what was held.</summary>
    public async ValueTask ReleaseAsync(IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        if (observer is null)
            return;

        foreach (var step in _steps)
            await step(observer, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask Hold(Func<IAnswerObserver, CancellationToken, ValueTask> step)
    {
        _steps.Add(step);
        return ValueTask.CompletedTask;
    }
}
