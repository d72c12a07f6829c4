using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>"None" may be said only, and must be said, of a search that found nothing and was complete.</summary>
internal sealed class NegationCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        if (context.Result.Outcome == QueryOutcome.Failed)
        {
            yield return "the query failed";
            yield break;
        }

        var negations = context.Words.Where(word => Vocabulary.IsNegation(word.Text)).ToList();
        if (context.Result.Outcome == QueryOutcome.NotSupplied)
        {
            if (negations.Count == 0 || !context.Says("supplied"))
                yield return "not supplied, and the sentence does not say so";
            yield break;
        }

        var saysNone = negations.Count > 0 || context.Says("false") || context.Pieces.OfType<NumberPiece>().Any(number => number.Value == 0 && number.Counts != CountedThing.Nothing);
        // Of two things that are compared one may have risen and the other not: each sentence speaks of its own.
        var facts = context.Aggregate is ChangedAggregate ? context.Cited : context.Facts;
        var isFalse = facts.All(fact => fact.Boolean == false) && (context.Result.Missing.Count == 0 || context.Aggregate is ChangedAggregate || facts.All(fact => fact.Value!.Derivation is null));
        if (negations.Count > 0 && context.Aggregate is ChangedAggregate && context.Facts.Any(fact => fact.Value is not null) && !context.Words.Any(word => Vocabulary.TrendOf(word.Text) is not null))
            yield return "that it has not changed so is not that there is none";
        if (saysNone && !context.ProvesAbsence && !isFalse)
            yield return $"absence is not proved: {negations.FirstOrDefault()?.Text ?? "none"}";
        if (!saysNone && (context.ProvesAbsence || isFalse) && !IsStatedOtherwise(context))
            yield return "nothing was found, and the sentence does not say so";
        if (context.Says("yes", "true") && (context.ProvesAbsence || isFalse))
            yield return "nothing was found, and the sentence says yes";
        if (context.Pieces.OfType<NumberPiece>().Any(number => number.Value == 0 && number.Counts != CountedThing.Nothing && context.Before(number) is WordPiece before && Vocabulary.IsNegation(before.Text)))
            yield return "that there are not none is that there are some";
        if (negations.Count > 0 && context.Selection.Kinds.Contains(RecordKind.Allergy) && context.ProvesAbsence
            && !context.Says("recorded", "record", "documented", "listed", "noted", "found"))
            yield return "no allergy recorded is not the same as no allergy";
    }

    private static bool IsStatedOtherwise(ClaimContext context) =>
        context.Result.Query.Element == ResultElement.Deceased && context.Says("alive", "living");
}
