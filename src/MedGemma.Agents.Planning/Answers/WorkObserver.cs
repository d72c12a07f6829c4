using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>Tells another observer of the calls of models and of nothing else: for an answer whose steps are not shown. For one turn.</summary>
/// <param name="observer">The other observer.</param>
internal sealed class WorkObserver(IAnswerObserver observer) : IAnswerObserver
{
    public ValueTask PlannedAsync(IReadOnlyList<RecordQuery> queries, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask QueriedAsync(QueryResult result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ModelCalledAsync(AgentWork agent, ModelCall call) => observer.ModelCalledAsync(agent, call);

    public ValueTask ClaimedAsync(Claim claim, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
