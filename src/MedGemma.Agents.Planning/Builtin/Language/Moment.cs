namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>What the bounds of a window are put to: a stretch of local time.</summary>
/// <param name="Span">Its tokens.</param>
/// <param name="Start">First local moment.</param>
/// <param name="End">First local moment after; null at the end of the calendar, and of a stretch that ends now.</param>
/// <param name="Rolling">True for a stretch that ends now.</param>
/// <param name="Reading">How it was read, when another reading would give another stretch.</param>
/// <param name="Written">The unit of a date written out, or null.</param>
internal sealed record Moment(TokenSpan Span, DateTime Start, DateTime? End, bool Rolling = false, string? Reading = null, CalendarUnit? Written = null);
