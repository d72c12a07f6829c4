using System.Text.Json;
using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>Rising, falling and steady need a trend or a difference that says the same.</summary>
internal sealed class TrendCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        var directions = context.Facts.Select(fact => DirectionOf(fact, context.Aggregate)).Distinct().ToList();
        foreach (var word in context.Words)
        {
            if (Vocabulary.TrendOf(word.Text) is { } said && !(directions is [{ } direction] && direction == said)
                && !context.Facts.Any(fact => NameWords.Of(word.Text).All(fact.Words.Contains)))
                yield return $"direction not proved: {word.Text}";
        }
    }

    private static int? DirectionOf(Fact fact, Aggregate aggregate) => aggregate switch
    {
        DeltaAggregate difference => fact.Number is { } delta ? (difference.Fall ? -1 : 1) * Math.Sign(delta) : null,
        // That it has not risen is said with the same word; whether the sentence says "not" is the negation check's.
        ChangedAggregate changed when fact.Boolean is not null => changed.Higher ? 1 : -1,
        TrendAggregate => fact.Value?.Value is { ValueKind: JsonValueKind.String } text ? Vocabulary.TrendOf(text.GetString()!.ToLowerInvariant()) : null,
        _ => null,
    };
}
