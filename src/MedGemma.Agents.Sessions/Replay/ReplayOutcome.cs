namespace MedGemma.Agents.Sessions.Replay;

/// <summary>What came of running a stored turn again; closed.</summary>
public abstract record ReplayOutcome
{
    private ReplayOutcome()
    {
    }

    /// <summary>There is no such turn.</summary>
    public sealed record NoSuchTurn : ReplayOutcome;

    /// <summary>The turn gave no answer that another could be compared with; what was done in it is kept.</summary>
    /// <param name="Status"><c>failed</c>, <c>cancelled</c> or <c>interrupted</c>.</param>
    /// <param name="Queries">Queries that were planned by its end.</param>
    /// <param name="Calls">Calls of models by its end.</param>
    /// <param name="LastFailure">How the last of them ended, or null when well or when there was none.</param>
    public sealed record NoAnswer(string Status, int Queries, int Calls, string? LastFailure) : ReplayOutcome;

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
