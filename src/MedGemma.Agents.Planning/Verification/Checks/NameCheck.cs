using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>Every word that is in no table of the vocabulary must come from the fact's names or from what was asked.</summary>
internal sealed class NameCheck : IFactCheck
{
    public bool Concerns(Piece piece) => piece is NamePiece || (piece is WordPiece word && !Vocabulary.Knows(word.Text) && !IsOrdinal(word.Text));

    public bool Supports(Piece piece, Fact fact, ClaimContext context) =>
        NameWords.Of(piece.Text).All(word => Vocabulary.IsSide(word) && fact.Resources.Count > 0 ? fact.Words.Contains(word) : IsWordOf(word, fact, context))
        || (piece is NamePiece && fact.Value?.Qualifiers.Contains(piece.Text, StringComparer.OrdinalIgnoreCase) == true);

    public string Describe(Piece piece, ClaimContext context) => $"name not in the evidence: {piece.Text}";

    internal static bool IsWordOf(string stem, Fact fact, ClaimContext context) =>
        fact.Words.Contains(stem) || context.IsQueryWord(stem, fact) || (Vocabulary.IsFunctionWord(stem) && stem.Length <= 3);

    private static bool IsOrdinal(string word) =>
        word.Length > 2 && char.IsAsciiDigit(word[0]) && word[^2..] is "st" or "nd" or "rd" or "th" && word[..^2].All(char.IsAsciiDigit);
}
