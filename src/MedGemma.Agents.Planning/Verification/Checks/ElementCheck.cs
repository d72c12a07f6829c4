using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A value may only be called by the element that was asked for: a dose is not a route.</summary>
internal sealed class ElementCheck : IFactCheck
{
    public bool Concerns(Piece piece) => piece is WordPiece word && Vocabulary.ElementsOf(word.Text).Count > 0;

    public bool Supports(Piece piece, Fact fact, ClaimContext context) =>
        Vocabulary.ElementsOf(piece.Text).Contains(context.Result.Query.Element)
        || (context.Aggregate is TimeBetweenAggregate && Vocabulary.ElementsOf(piece.Text).Contains(ResultElement.Duration))
        || (context.Aggregate is TimeBetweenAggregate between && (between.FromEnd || between.UntilEnd) && Vocabulary.ElementsOf(piece.Text).Contains(ResultElement.End))
        || (Vocabulary.IsFunctionWord(piece.Text) && Vocabulary.KindsOf(piece.Text).Count == 0)
        || NameWords.Of(piece.Text).All(word => NameCheck.IsWordOf(word, fact, context));

    public string Describe(Piece piece, ClaimContext context) => $"not the element that was asked for: {piece.Text}";
}
