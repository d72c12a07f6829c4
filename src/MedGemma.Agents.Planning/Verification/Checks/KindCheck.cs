using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A thing may only be called what it is: an order is not an administration, an encounter not an admission.</summary>
internal sealed class KindCheck : IFactCheck
{
    public bool Concerns(Piece piece) => piece is WordPiece word && Vocabulary.KindsOf(word.Text).Count > 0;

    public bool Supports(Piece piece, Fact fact, ClaimContext context)
    {
        if (NameWords.Of(piece.Text).All(word => NameCheck.IsWordOf(word, fact, context)))
            return true;

        var named = Vocabulary.KindsOf(piece.Text);
        if (fact.Resources.Count > 0 && fact.Resources.All(resource => resource.Kinds.Any(named.Contains) || !resource.Kinds.Any(context.Selection.Kinds.Contains)))
            return true;

        // "Recorded during ICU stays": where it happened is what was searched by.
        if (context.Selection.Setting.Any(named.Contains) && context.Says("during"))
            return true;

        // "From the first diagnosis to the first procedure": the event that ends a length of time has a kind of its own.
        if (context.Aggregate is TimeBetweenAggregate { Until: { } until } && until.Kinds.Any(named.Contains) && fact.Resources.Any(resource => resource.Kinds.Any(named.Contains))
            && context.Pieces.TakeWhile(other => other != piece).Any(other => other is WordPiece { Text: "to" }))
            return true;

        // "Of that encounter" says what the search was held to.
        if (context.Selection.Encounter is not null && named.Contains(RecordKind.Encounter))
            return true;

        // "prescriptions or administrations" of a search for both.
        return context.Selection.Kinds.All(kind => kind == RecordKind.Any ? fact.Resources.Count == 0 : named.Contains(kind) || IsNamedBeside(kind, context))
            && context.Selection.Kinds.Any(kind => kind == RecordKind.Any || named.Contains(kind));
    }

    private static bool IsNamedBeside(RecordKind kind, ClaimContext context) =>
        context.Says("or") && context.Words.Any(word => Vocabulary.KindsOf(word.Text).Contains(kind));

    public string Describe(Piece piece, ClaimContext context) => $"not what was searched: {piece.Text}";
}
