using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>"Yesterday", "weeks" and "ago" may only be said as the question put the query's window.</summary>
internal sealed class RelativeTimeCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context) =>
        from word in context.Words
        where Vocabulary.IsRelativeTime(word.Text)
            && !IsGroup(word, context)
            && !IsOfCondition(word, context)
            && !context.Cited.Any(fact => NameWords.Of(word.Text).All(fact.Words.Contains))
        select $"relative time that is not the query's window: {word.Text}";

    /// <summary>"With dosage instruction evening": a part of the day that the query looked for in the text.</summary>
    private static bool IsOfCondition(WordPiece word, ClaimContext context) =>
        context.Selection.Where is { } where && where.Words.Any(words => NameWords.Of(words).Contains(word.Text) && context.Claim.Text.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>"By year", where the results are one for each year.</summary>
    private static bool IsGroup(WordPiece word, ClaimContext context) =>
        context.Result.Query.Aggregate is GroupAggregate group
        && context.Before(word) is WordPiece { Text: "by" }
        && word.Text == group.By switch { GroupKey.Day => "day", GroupKey.Month => "month", GroupKey.Year => "year", _ => "" };
}
