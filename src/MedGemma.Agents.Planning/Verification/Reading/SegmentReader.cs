using MedGemma.Agents.Planning.Verification.Checks;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>
/// Divides a sentence into parts that each speak of one fact, so that a value is never read with another value's date or name.
/// Semicolons, colons and full stops divide; commas and "and" only where no single fact bears out the whole.
/// </summary>
internal static class SegmentReader
{
    public static IReadOnlyList<Segment> Read(ClaimContext context)
    {
        var segments = new List<Segment>();
        IReadOnlyList<Piece> names = [];
        var isListed = false;
        foreach (var part in Divide(context.Pieces, IsStrong))
        {
            var facts = Supporting(context, part.Pieces, names);
            if (facts.Count > 0)
                Add(part.Pieces, facts);
            else
            {
                foreach (var piece in Rejoin(Divide(part.Pieces, IsWeak)))
                    Add(piece, Supporting(context, piece, names));
            }

            isListed |= part.EndedBy is SymbolPiece { Text: ":" };
        }

        return segments;

        void Add(IReadOnlyList<Piece> pieces, IReadOnlyList<Fact> facts)
        {
            var own = pieces.Where(FactChecks.IsName).ToList();
            segments.Add(new Segment(own.Count == 0 ? [.. names, .. pieces] : pieces, facts, isListed));
            if (own.Count > 0)
                names = own;
        }
    }

    private static List<Fact> Supporting(ClaimContext context, IReadOnlyList<Piece> pieces, IReadOnlyList<Piece> namesBefore)
    {
        var all = pieces.Any(FactChecks.IsName) ? pieces : [.. namesBefore, .. pieces];
        return [.. context.Cited.Where(fact => all.All(piece => FactChecks.Supports(piece, fact, context)))];
    }

    private static bool IsStrong(Piece piece) => piece is SymbolPiece { Text: ";" or ":" or "." or "?" or "!" };

    private static bool IsWeak(Piece piece) => piece is SymbolPiece { Text: "," } or WordPiece { Text: "and" or "or" or "but" };

    private static IEnumerable<(IReadOnlyList<Piece> Pieces, Piece? EndedBy)> Divide(IReadOnlyList<Piece> pieces, Func<Piece, bool> divides)
    {
        var part = new List<Piece>();
        foreach (var piece in pieces)
        {
            if (!divides(piece))
            {
                part.Add(piece);
                continue;
            }

            if (part.Count > 0)
                yield return (part, piece);
            part = [];
        }

        if (part.Count > 0)
            yield return (part, null);
    }

    // "On 4 March, glucose was 100": a part with nothing but a date belongs to its neighbour.
    private static List<IReadOnlyList<Piece>> Rejoin(IEnumerable<(IReadOnlyList<Piece> Pieces, Piece? EndedBy)> parts)
    {
        var joined = new List<IReadOnlyList<Piece>>();
        IReadOnlyList<Piece> waiting = [];
        foreach (var (pieces, _) in parts)
        {
            if (!pieces.All(piece => piece is DatePiece or SymbolPiece || (piece is WordPiece && !FactChecks.IsName(piece))))
            {
                joined.Add([.. waiting, .. pieces]);
                waiting = [];
            }
            else if (joined.Count > 0)
                joined[^1] = [.. joined[^1], .. pieces];
            else
                waiting = [.. waiting, .. pieces];
        }

        if (waiting.Count > 0)
            joined.Add(waiting);
        return joined;
    }
}
