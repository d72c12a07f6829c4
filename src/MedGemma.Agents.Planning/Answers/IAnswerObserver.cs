using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>Sees the steps of an answer while it is made; called in order, one at a time.</summary>
public interface IAnswerObserver
{
    /// <summary>The question was planned.</summary>
    /// <param name="queries">The queries that will be run.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    ValueTask PlannedAsync(IReadOnlyList<RecordQuery> queries, CancellationToken cancellationToken);

    /// <summary>A query was run.</summary>
    /// <param name="result">What it gave.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    ValueTask QueriedAsync(QueryResult result, CancellationToken cancellationToken);

    /// <summary>A model was called, whatever came of it; also when the turn is being cancelled, so that what was done in it can be kept.</summary>
    /// <param name="agent">The agent that called.</param>
    /// <param name="call">The call.</param>
    ValueTask ModelCalledAsync(AgentWork agent, ModelCall call);

    /// <summary>A claim was verified and is borne out. What is refused is never told here: the answer reports it in the end.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    ValueTask ClaimedAsync(Claim claim, CancellationToken cancellationToken);
}
