using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>
/// What hangs on a type that was not completely supplied must be said of what was supplied, before the value: "the latest supplied potassium is 4.1". A later, a higher
/// or another one may exist. The same goes for words about the whole beside a value that hangs on nothing: "yes; first on 6 May".
/// </summary>
internal sealed class SupplyCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        if (context.Result.Values.Count == 0 || !context.Result.OpenTypes.Any())
            yield break;

        var isFirst = true;
        foreach (var clause in Clauses(context.Pieces))
        {
            if (((isFirst && context.Result.DependsOnMissing) || clause.Any(SpeaksOfTheWhole)) && !SaysSupplied(clause))
            {
                yield return $"{string.Join(", ", context.Result.OpenTypes)} was not supplied completely: say that it is of what was supplied (\"the latest supplied ...\", \"of what was supplied, ...\")";
                yield break;
            }

            isFirst = false;
        }
    }

    private static bool SpeaksOfTheWhole(Piece piece) => piece switch
    {
        NumberPiece number => number.Counts != CountedThing.Nothing,
        WordPiece { Text: var word } => Vocabulary.SuperlativeOf(word) is not null || Vocabulary.OrdinalOf(word) is not null || Vocabulary.TrendOf(word) is not null,
        _ => false,
    };

    /// <summary>"Supplied" says what the value is of only in front of it, and not as the verb: "the latest was supplied" says that it is the latest.</summary>
    private static bool SaysSupplied(List<Piece> clause)
    {
        for (var at = 0; at < clause.Count && !IsValue(clause[at]); at++)
        {
            if (clause[at] is not WordPiece { Text: "supplied" })
                continue;

            var before = at > 0 ? (clause[at - 1] as WordPiece)?.Text : null;
            if (before is "was" or "were")
                return at > 1 && clause[at - 2] is WordPiece { Text: "what" or "that" or "which" };
            return before is not ("is" or "are" or "be" or "been" or "being" or "has" or "have" or "had") && (before is null || !Vocabulary.IsNegation(before));
        }

        return false;
    }

    private static bool IsValue(Piece piece) => piece is SymbolPiece { Text: ":" } or DatePiece or NumberPiece { Counts: CountedThing.Nothing };

    private static List<List<Piece>> Clauses(IReadOnlyList<Piece> pieces)
    {
        var clauses = new List<List<Piece>> { new() };
        foreach (var piece in pieces)
        {
            if (piece is SymbolPiece { Text: ";" or "." or "?" or "!" })
                clauses.Add([]);
            else
                clauses[^1].Add(piece);
        }

        return clauses;
    }
}
