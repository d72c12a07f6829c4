using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A sentence of function words and signs alone says nothing of its evidence, so that nothing in it can be wrong: it is no answer.</summary>
internal sealed class SubstanceCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        if (context.Pieces.All(IsEmpty))
            yield return "says nothing";
    }

    private static bool IsEmpty(Piece piece) =>
        piece is SymbolPiece || (piece is WordPiece word && Vocabulary.IsFunctionWord(word.Text) && word.Text is not ("yes" or "true" or "false"));
}
