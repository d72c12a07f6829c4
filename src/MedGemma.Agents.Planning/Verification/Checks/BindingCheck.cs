using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>Every part of the sentence must be borne out by one fact: not the value of one and the date of another.</summary>
internal sealed class BindingCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        if (context.Cited.Count == 0)
            yield break;
        foreach (var segment in context.Segments.Where(segment => segment.Facts.Count == 0))
        {
            var alone = segment.Pieces.Where(piece => !context.Cited.Any(fact => FactChecks.Supports(piece, fact, context))).ToList();
            foreach (var piece in alone)
                yield return FactChecks.Describe(piece, context);
            if (alone.Count == 0)
                yield return "said together but not recorded together: "
                    + string.Join(", ", segment.Pieces.Where(piece => piece is NamePiece or NumberPiece or DatePiece || FactChecks.IsName(piece)).Select(piece => piece.Text));
        }
    }
}
