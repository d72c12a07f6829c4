using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A comparison must compare with a number: "above normal" is no recorded relation.</summary>
internal sealed class ComparatorCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        for (var index = 0; index < context.Pieces.Count; index++)
        {
            var piece = context.Pieces[index];
            if (piece is not (WordPiece or SymbolPiece) || piece.Text == "over" || Vocabulary.ComparatorOf(piece.Text) is null)
                continue;
            var before = index > 0 ? context.Pieces[index - 1] : null;
            var after = index + 1 < context.Pieces.Count ? context.Pieces[index + 1] : null;
            if (before is not NumberPiece && after is not NumberPiece && !(piece.Text == "up to" && after is DatePiece))
                yield return $"comparison with no number: {piece.Text}";
        }

        if (context.Words.Any(word => word.Text == "normal") && context.Selection.Value?.Comparison == ValueComparison.Abnormal)
            yield return "abnormal, not normal";
        if (context.Selection.Value?.Comparison is { } side
            && ((side == ValueComparison.AboveRange && context.Says("low", "below", "normal")) || (side == ValueComparison.BelowRange && context.Says("high", "above", "normal"))))
            yield return "the other side of the range";
    }
}
