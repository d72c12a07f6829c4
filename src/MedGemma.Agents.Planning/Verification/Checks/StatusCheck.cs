using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A status word must be the status of the fact's resource, one of its qualifiers, or a condition of the query.</summary>
internal sealed class StatusCheck : IFactCheck
{
    public bool Concerns(Piece piece) => piece is WordPiece word && Vocabulary.StatusOf(word.Text) is not null;

    public bool Supports(Piece piece, Fact fact, ClaimContext context)
    {
        var status = Vocabulary.StatusOf(piece.Text)!;
        return fact.Statuses.Contains(status)
            || (status == "active" && context.Selection.IsOfCurrent)
            || context.Selection.Statuses.Concat(context.Selection.Verifications).Any(asked => Vocabulary.StatusOf(asked.ToLowerInvariant()) == status)
            || NameWords.Of(piece.Text).All(fact.Words.Contains);
    }

    public string Describe(Piece piece, ClaimContext context) => $"status not recorded: {piece.Text}";
}
