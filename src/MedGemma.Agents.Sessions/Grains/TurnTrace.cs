using System.Text;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Sessions.Records;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>
/// Keeps what happened in a turn while it happens and passes it on: of a turn that fails, times out or is stopped there is no answer to read it from, and these are the turns
/// that are looked into. For one turn; called one step at a time, also by a turn that was left behind.
/// </summary>
/// <param name="inner">Told of each step.</param>
internal sealed class TurnTrace(IAnswerObserver inner) : IAnswerObserver
{
    private readonly Lock _lock = new();
    private readonly List<RecordQuery> _queries = [];
    private readonly List<AgentWork> _agents = [];
    private readonly List<ModelCall> _calls = [];

    /// <summary>What is kept of the record, as JSON, once it is pinned.</summary>
    public string? RecordVersions { get; private set; }

    /// <summary>Content of the record, once it is pinned.</summary>
    public string? Content { get; private set; }

    /// <summary>Takes note of the record that the turn reads.</summary>
    /// <param name="source">Name of its source.</param>
    /// <param name="record">The record.</param>
    /// <param name="listed">Content of the record whose versions the session lists already, or null.</param>
    public void Pin(string source, CachedRecord record, string? listed)
    {
        RecordVersions = KeptRecord.Of(source, record, isListed: record.Content == listed).ToJson();
        Content = record.Content;
    }

    /// <summary>The queries that were planned, as JSON.</summary>
    public string QueriesJson
    {
        get
        {
            lock (_lock)
                return Encoding.UTF8.GetString(QueryResultJson.WriteQueries([.. _queries]));
        }
    }

    /// <summary>What models did, as JSON; null when none was called.</summary>
    public string? ModelWork
    {
        get
        {
            lock (_lock)
                return _calls.Count == 0 ? null : Encoding.UTF8.GetString(ModelWorkJson.Write(new ModelWork([.. _agents.DistinctBy(agent => agent.Name)], [.. _calls])));
        }
    }

    public ValueTask PlannedAsync(IReadOnlyList<RecordQuery> queries, CancellationToken cancellationToken)
    {
        lock (_lock)
            _queries.AddRange(queries);
        return inner.PlannedAsync(queries, cancellationToken);
    }

    public ValueTask QueriedAsync(QueryResult result, CancellationToken cancellationToken) => inner.QueriedAsync(result, cancellationToken);

    public ValueTask ModelCalledAsync(AgentWork agent, ModelCall call)
    {
        lock (_lock)
        {
            _agents.Add(agent);
            _calls.Add(call);
        }

        return inner.ModelCalledAsync(agent, call);
    }

    public ValueTask ClaimedAsync(Claim claim, CancellationToken cancellationToken) => inner.ClaimedAsync(claim, cancellationToken);
}
