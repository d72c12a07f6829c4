using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>A window that a question states.</summary>
/// <param name="Span">Its tokens.</param>
/// <param name="Window">The window.</param>
/// <param name="Reading">How it was read, when another reading would give another window, so that the answer must state it; else null.</param>
internal sealed record TimePhrase(TokenSpan Span, QueryWindow Window, string? Reading)
{
    /// <summary>True for what lies inside the stated time: "in", "on", "between".</summary>
    public bool Inside { get; init; }

    /// <summary>The preposition before a date that tells which event is meant ("after the June 1990 stay"), or null for a window of its own.</summary>
    public TimeBound? Attributive { get; init; }
}
