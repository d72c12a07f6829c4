using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>A window that a question states.</summary>
/// <param name="Span">Its tokens.</param>
/// <param name="Window">The window.</param>
/// <param name="Reading">How it was read, when another reading would give another window, so that the answer must state it; else null.</param>
internal sealed record TimePhrase(TokenSpan Span, QueryWindow Window, string? Reading);
