namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>What an aggregate gave: values, or why it could not.</summary>
/// <param name="Values">The values.</param>
/// <param name="Problem">Why there are none, or null.</param>
internal sealed record AggregateOutcome(IReadOnlyList<ResultValue> Values, QueryProblem? Problem = null)
{
    public static AggregateOutcome Failed(string code, string message) => new([], new QueryProblem(code, message));
}
