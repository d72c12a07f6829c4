using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>What a tool works on.</summary>
/// <param name="Record">The record of the session's patient.</param>
/// <param name="Question">Instant and zone of the question.</param>
/// <param name="Results">What the turn found so far; handles such as <c>r1.2</c> point into it.</param>
public sealed record RecordToolContext(PatientRecord Record, QueryContext Question, IReadOnlyList<QueryResult> Results)
{
    /// <summary>Number of the first of <see cref="Results"/>: what had a smaller one is forgotten, and a handle of it points at nothing.</summary>
    /// <value>1 where nothing is forgotten.</value>
    public int First { get; init; } = 1;

    /// <summary>Where notes are read in this turn; null where they are not: outside the answering of a question, or without a model to extract.</summary>
    public NoteQuarantine? Notes { get; init; }

    /// <summary>Told of queries before they run and of each result as it comes; null where nobody watches.</summary>
    public IAnswerObserver? Observer { get; init; }

    /// <summary>The result that a handle names, or null when it is not there, or not any more.</summary>
    /// <param name="handle">The handle.</param>
    internal QueryResult? ResultOf(ResultHandle handle) => handle.Result - First is >= 0 and var place && place < Results.Count ? Results[place] : null;

    /// <summary>What a handle points at, or null when it is not there, or not any more.</summary>
    /// <param name="handle">The handle.</param>
    internal IReadOnlyList<ResultValue>? ValuesOf(ResultHandle handle) => ResultOf(handle) is { } result ? handle.In(result) : null;

    /// <summary>Runs queries.</summary>
    /// <param name="engine">Runs them.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    internal async ValueTask<ToolOutcome> RunAsync(IRecordQueryEngine engine, IReadOnlyList<RecordQuery> queries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Observer is not null)
            await Observer.PlannedAsync(queries, cancellationToken).ConfigureAwait(false);

        var results = new List<QueryResult>(queries.Count);
        foreach (var query in queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = engine.Run(Record, query, Question);
            results.Add(result);
            if (Observer is not null)
                await Observer.QueriedAsync(result, cancellationToken).ConfigureAwait(false);
        }

        return new ToolOutcome.Queried(results);
    }
}
