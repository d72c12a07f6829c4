using System.Collections.Frozen;
using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>Gives each number of a sentence the comparison, the rounding and the count noun that stand around it.</summary>
internal static class NumberContext
{
    private const int LongestNounPhrase = 5;

    private static readonly FrozenSet<string> CountNouns = new[]
    {
        "value", "values", "result", "results", "reading", "readings", "measurement", "measurements", "entry", "entries", "record", "records",
        "resource", "resources",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> DistinctWords =
        new[] { "distinct", "different", "unique", "separate", "individual" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> NounPhraseEnds =
        new[] { "of", "on", "in", "from", "since", "until", "and", "or", "with", "for", "was", "were", "is", "are", "to", "at" }.ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyList<Piece> Attach(List<Piece> pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            if (pieces[index] is not NumberPiece number)
                continue;

            var counts = CountedBy(pieces, index, number);
            pieces[index] = number with
            {
                Counts = counts,
                Comparison = ComparisonOf(pieces, index, counts),
                IsApproximate = index > 0 && IsApproximation(pieces, index - 1),
            };
        }

        return pieces;
    }

    private static bool IsApproximation(List<Piece> pieces, int index) =>
        pieces[index] is WordPiece { Text: "to" } && index > 0
            ? IsApproximation(pieces, index - 1)
            : pieces[index] is WordPiece word && Vocabulary.Approximations.Contains(word.Text);

    private static ValueComparison? ComparisonOf(List<Piece> pieces, int index, CountedThing counts)
    {
        if (index + 1 < pieces.Count && pieces[index + 1] is WordPiece after && after.Text.StartsWith("or ", StringComparison.Ordinal)
            && Vocabulary.ComparatorOf(after.Text) is { } behind)
            return behind;
        if (index == 0 || Vocabulary.ComparatorOf(pieces[index - 1].Text) is not { } comparison)
            return null;

        // "over 8 values" says what was averaged, not a bound.
        return pieces[index - 1].Text == "over" && counts != CountedThing.Nothing ? null : comparison;
    }

    private static CountedThing CountedBy(List<Piece> pieces, int index, NumberPiece number)
    {
        if (number.Unit is not null)
            return CountedThing.Nothing;
        if (index + 2 < pieces.Count && pieces[index + 1].Text == "of" && pieces.Skip(index + 2).Take(2).Any(piece => piece is NumberPiece))
            return CountedThing.Part;

        var distinct = false;
        for (var next = index + 1; next < pieces.Count && next <= index + LongestNounPhrase; next++)
        {
            if (pieces[next] is NamePiece)
                continue;
            if (pieces[next] is not WordPiece word || NounPhraseEnds.Contains(word.Text))
                break;
            distinct |= DistinctWords.Contains(word.Text);
            if (CountNouns.Contains(word.Text) || Vocabulary.KindsOf(word.Text).Count > 0)
                return distinct ? CountedThing.DistinctThings : CountedThing.Things;
        }

        if (distinct)
            return CountedThing.DistinctThings;

        // "2 of 5 procedures": the second number counts what the noun behind it names, and stands for the whole without one.
        return index > 1 && pieces[index - 1].Text == "of" && pieces[index - 2] is NumberPiece ? CountedThing.Things : CountedThing.Nothing;
    }
}
