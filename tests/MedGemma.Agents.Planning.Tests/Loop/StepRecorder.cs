using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>Keeps the steps of an answer in the order in which they were told.</summary>
internal sealed class StepRecorder : IAnswerObserver
{
    public List<string> Steps { get; } = [];

    public List<Claim> Claims { get; } = [];

    public ValueTask PlannedAsync(IReadOnlyList<RecordQuery> queries, CancellationToken cancellationToken) => Add($"planned {queries.Count}");

    public ValueTask QueriedAsync(QueryResult result, CancellationToken cancellationToken) => Add($"queried {result.Outcome}");

    public List<(AgentWork Agent, ModelCall Call)> Calls { get; } = [];

    public ValueTask ModelCalledAsync(AgentWork agent, ModelCall call)
    {
        Calls.Add((agent, call));
        return ValueTask.CompletedTask;
    }

    public ValueTask ClaimedAsync(Claim claim, CancellationToken cancellationToken)
    {
        Claims.Add(claim);
        return Add($"claimed {claim.Verdict}");
    }

    private ValueTask Add(string step)
    {
        Steps.Add(step);
        return ValueTask.CompletedTask;
    }
}
