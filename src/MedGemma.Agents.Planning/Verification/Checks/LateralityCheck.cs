using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A side of the body must stand in the fact's own name or body site; the question's words are not enough.</summary>
internal sealed class LateralityCheck : IFactCheck
{
    public bool Concerns(Piece piece) => piece is WordPiece word && Vocabulary.IsSide(word.Text);

    public bool Supports(Piece piece, Fact fact, ClaimContext context) =>
        NameWords.Of(piece.Text).All(word => fact.Words.Contains(word) || (fact.Value is null && context.IsQueryWord(word, fact)));

    public string Describe(Piece piece, ClaimContext context) => $"side not recorded: {piece.Text}";
}
