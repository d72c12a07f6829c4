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

    /// <summary>Versions of resources that the turn read cannot be had any more: erased, or not kept by the source.</summary>
    /// <param name="Lost">How many.</param>
    /// <param name="Of">Of how many.</param>
    public sealed record VersionsLost(int Lost, int Of) : ReplayOutcome;

    /// <summary>The versions that the turn read are there, but the content of one is another now: the source rewrote what it calls by the same version.</summary>
    public sealed record Rewritten : ReplayOutcome;

    /// <summary>The record is not the one that the turn read, and the turn is of before its versions were kept: its answer cannot be expected again.</summary>
    /// <param name="Stored">Digest of the record that was read, or null where none was kept.</param>
    /// <param name="Now">Digest of the record now; null when the patient is gone.</param>
    public sealed record RecordChanged(string? Stored, string? Now) : ReplayOutcome;

    /// <summary>The same answer, in the same way.</summary>
    /// <param name="Calls">Calls of models that were compared.</param>
    public sealed record Same(int Calls) : ReplayOutcome;

    /// <summary>
    /// The same answer, in the same way, where tokens that were as good as equal were taken as they were then. The run alone would have taken others, because rounding is not the same in two runs:
    /// the answer is one that this model gives, not the only one.
    /// </summary>
    /// <param name="Calls">Calls of models that were compared.</param>
    /// <param name="Tokens">Tokens that were written in them.</param>
    /// <param name="Settled">At how many of them another was the likelier this time.</param>
    /// <param name="Widest">By how much at most, in logits.</param>
    public sealed record SameButForRounding(int Calls, long Tokens, int Settled, float Widest) : ReplayOutcome;

    /// <summary>Something differs.</summary>
    /// <param name="First">What first.</param>
    public sealed record Differs(ReplayDifference First) : ReplayOutcome;
}
