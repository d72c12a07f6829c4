using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>"Yesterday", "weeks" and "ago" may only be said as the question put the query's window.</summary>
internal sealed class RelativeTimeCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context) =>
        from word in context.Words
        where Vocabulary.IsRelativeTime(word.Text)
            && !context.Cited.Any(fact => NameWords.Of(word.Text).All(fact.Words.Contains))
        select $"relative time that is not the query's window: {word.Text}";
}
