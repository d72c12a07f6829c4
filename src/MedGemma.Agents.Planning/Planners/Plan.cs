using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Planners;

/// <summary>What a planner made of a question; closed.</summary>
public abstract record Plan
{
    private Plan()
    {
    }

    /// <summary>The question is these queries.</summary>
    /// <param name="Queries">Queries in the order their answers are given.</param>
    /// <param name="Readings">How open readings of the question were taken, to be said with the answer.</param>
    public sealed record Planned(IReadOnlyList<RecordQuery> Queries, IReadOnlyList<string> Readings) : Plan;

    /// <summary>The question was not understood: the answer is unsure.</summary>
    /// <param name="Reason">What was understood, and what would make it answerable.</param>
    public sealed record NotUnderstood(string Reason) : Plan;

    /// <summary>The question is refused: it names another patient.</summary>
    /// <param name="Reason">Why, without naming anybody.</param>
    public sealed record Refused(string Reason) : Plan;
}
