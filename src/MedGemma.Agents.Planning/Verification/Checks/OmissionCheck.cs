using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A sentence that lists says everything that was found, or how many of how many.</summary>
internal sealed class OmissionCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        var part = context.Pieces.OfType<NumberPiece>().FirstOrDefault(number => number.Counts == CountedThing.Part);
        var hasColon = context.Segments.Any(segment => segment.IsListed);
        var items = hasColon ? context.Segments.Where(segment => segment.IsListed) : context.Segments;
        var said = items.SelectMany(segment => segment.Facts.Where(fact => IsSaid(fact, segment, context))).Distinct().ToList();
        if (part is not null)
        {
            if (context.Aggregate is not ListAggregate || part.Value > said.Count || part.Value < 1 || (part.Value < said.Count && part.Value != items.Count(IsItem)))
                yield return $"part of a list not as listed: {part.Text}";
            yield break;
        }

        if (context.Facts.Count < 2 || !MustBeWhole(hasColon, said.Count, context))
            yield break;
        var missing = context.Facts.Count(fact => !said.Contains(fact) && !said.Exists(other => IsSame(fact, other)));
        if (missing > 0)
            yield return $"{missing} of {context.Facts.Count} not said";
    }

    private static bool IsItem(Segment segment) => segment.Pieces.Any(piece => piece is not (WordPiece or SymbolPiece) || FactChecks.IsName(piece))
        && !segment.Pieces.OfType<NumberPiece>().Any(number => number.Counts == CountedThing.Part);

    private static bool MustBeWhole(bool hasColon, int said, ClaimContext context)
    {
        if (context.Aggregate is LatestAggregate or EarliestAggregate && context.Result.Query.Aggregate is not GroupAggregate)
            return context.Facts.Any(fact => !IsSame(fact, context.Facts[0]));
        if (context.Aggregate is ExtremeAggregate)
            return hasColon && context.Pieces.Any(piece => piece is DatePiece);
        return context.Aggregate is ListAggregate or LatestAggregate or EarliestAggregate or CountAggregate or StatisticAggregate
            && (hasColon || said > 1 || context.Says("all", "every", "each", "following", "are", "were", "only", "both"))
            && !context.Says("including", "includes", "include", "included");
    }

    // A label that several values share says none of them: of "care team: Dr. A; care team: Dr. B" each doctor must be said, of an extreme that was reached twice each time.
    private static bool IsSaid(Fact fact, Segment segment, ClaimContext context)
    {
        var isShared = context.Facts.Any(other => other.Value?.Label == fact.Value?.Label
            && (other.Value?.Value.ToString() != fact.Value?.Value.ToString() || (context.Aggregate is ExtremeAggregate && other.Value?.Time != fact.Value?.Time)));
        return segment.Pieces.Any(piece => piece switch
        {
            NumberPiece number => number.Counts == CountedThing.Nothing && FactChecks.Supports(number, fact, context),
            DatePiece date => fact.Times.Any(date.Date.Names),
            _ => FactChecks.IsName(piece) && NameWords.Of(piece.Text).Any((isShared ? fact.OwnWords : fact.Words).Contains),
        });
    }

    private static bool IsSame(Fact one, Fact other) =>
        one.Value!.Label == other.Value!.Label && one.Value.Unit == other.Value.Unit && one.Value.Time == other.Value.Time
        && one.Value.Value.ToString() == other.Value.Value.ToString();
}
