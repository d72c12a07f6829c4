using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>How planning ended; closed.</summary>
internal abstract record PlanningEnd
{
    private PlanningEnd()
    {
    }

    /// <summary>The model has what it needs.</summary>
    public sealed record Ready : PlanningEnd;

    /// <summary>There will be no answer.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Stopped(UnsureReason Reason) : PlanningEnd;
}
