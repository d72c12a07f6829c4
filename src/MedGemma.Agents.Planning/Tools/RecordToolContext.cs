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
    /// <summary>Where notes are read in this turn; null where they are not: outside the answering of a question, or without a model to extract.</summary>
    public NoteQuarantine? Notes { get; init; }

    /// <summary>Told of queries before they run and of each result as it comes; null where nobody watches.</summary>
    public IAnswerObserver? Observer { get; init; }

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
