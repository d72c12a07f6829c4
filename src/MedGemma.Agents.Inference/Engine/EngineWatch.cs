namespace MedGemma.Agents.Inference.Engine;

/// <summary>
/// What an engine is at, and whether it will come back: a native call that hangs leaves a process that answers every check and no request. Work is given several times as long as work
/// of its size took before, so that a slow machine is not taken for a dead one. Safe for concurrent calls.
/// </summary>
/// <param name="timeProvider">The clock.</param>
public sealed class EngineWatch(TimeProvider timeProvider)
{
    /// <summary>Whether a step, or an image, takes so much longer than others did that it is taken for hung.</summary>
    public bool IsStuck => Steps.IsOverdue || Images.IsOverdue;

    /// <summary>Steps of the decode thread, by tokens.</summary>
    internal WatchedWork Steps { get; } = new(timeProvider);

    /// <summary>Images in the tower.</summary>
    internal WatchedWork Images { get; } = new(timeProvider);
}
