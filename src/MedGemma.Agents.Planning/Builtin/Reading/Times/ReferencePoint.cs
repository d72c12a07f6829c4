using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>What a value is compared with.</summary>
/// <param name="Kind">Which sort.</param>
/// <param name="Spans">The words that say it.</param>
/// <param name="Dated">The time that it is of, where one is stated.</param>
internal sealed record ReferencePoint(ReferencePointKind Kind, IReadOnlyList<TokenSpan> Spans, TimePhrase? Dated = null);
