using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>What must be said with a value must stand in the sentence.</summary>
internal sealed class QualifierCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        var spoken = context.Segments.Where(segment => segment.Pieces.Any(piece => piece is NumberPiece or DatePiece || FactChecks.IsName(piece)));
        return spoken
            .SelectMany(segment => segment.Facts.Count == 0
                ? []
                : segment.Facts.Skip(1).Aggregate(Of(segment.Facts[0]), (shared, fact) => shared.Intersect(Of(fact), StringComparer.OrdinalIgnoreCase)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(qualifier => !IsSaid(qualifier, context))
            .Select(qualifier => $"must be said with it: {qualifier}");
    }

    private static IEnumerable<string> Of(Fact fact) => fact.Value?.Qualifiers ?? [];

    private static bool IsSaid(string qualifier, ClaimContext context) =>
        context.Claim.Text.Contains(qualifier, StringComparison.OrdinalIgnoreCase)
        || (Vocabulary.StatusOf(qualifier.ToLowerInvariant()) is { } status && context.Words.Any(word => Vocabulary.StatusOf(word.Text) == status));
}
