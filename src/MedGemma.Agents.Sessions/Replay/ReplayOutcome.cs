namespace MedGemma.Agents.Sessions.Replay;

/// <summary>What came of running a stored turn again; closed.</summary>
public abstract record ReplayOutcome
{
    private ReplayOutcome()
    {
    }

    /// <summary>There is no such turn with an answer.</summary>
    public sealed record NoSuchTurn : ReplayOutcome;

    /// <summary>The record is not the one that the turn read: its answer cannot be expected again.</summary>
    /// <param name="Stored">Digest of the record that was read, or null where none was kept.</param>
    /// <param name="Now">Digest of the record now; null when the patient is gone.</param>
    public sealed record RecordChanged(string? Stored, string? Now) : ReplayOutcome;

    /// <summary>The same answer, in the same way.</summary>
    /// <param name="Calls">Calls of models that were compared.</param>
    public sealed record Same(int Calls) : ReplayOutcome;

    /// <summary>Something differs.</summary>
    /// <param name="First">What first.</param>
    public sealed record Differs(ReplayDifference First) : ReplayOutcome;
}
