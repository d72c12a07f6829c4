using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Reads why something was stopped or not given where that tells which is meant: "which drug was stopped because of pregnancy".</summary>
internal static class CauseReader
{
    private static readonly string[] s_because = ["because of", "due to", "owing to", "on account of", "as a result of", "in view of", "on grounds of"];

    private static readonly string[] s_ending = ["stopped", "stop", "discontinued", "withdrawn", "ceased", "held", "withheld", "omitted", "skipped", "declined", "refused", "paused", "given", "ended", "off", "cancelled", "halted", "suspended"];

    /// <summary>The condition on the reason, its words claimed and no longer taken for a name; null where there is none.</summary>
    public static ElementFilter? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, ConceptVocabulary vocabulary)
    {
        if (Phrase.Find(question, s_because) is not { } because || !question.IsFree(because) || !question.Tokens.Any(token => s_ending.Contains(token.Word)))
            return null;

        var first = because.After;
        while (question[first] is "a" or "an" or "the" or "her" or "his" or "my" or "their")
            first++;
        var last = first;
        while (last < question.Count && (last == first || question.Gap(last).AsSpan().IndexOfAny(",;?(") < 0) && question[last] is not ("and" or "in" or "on" or "during" or "at" or "since" or "before" or "after"))
            last++;
        if (last == first)
            return null;

        var cause = new TokenSpan(first, last - first);
        var words = question.Slice(cause);
        concepts.RemoveAll(concept => concept.Span.Overlaps(cause));
        topics.RemoveAll(mention => mention.Span.Overlaps(cause));
        question.Claim(TokenSpan.Over(because, cause));
        return new ElementFilter(ResultElement.StatusReason, [.. vocabulary.Find(words).SelectMany(term => term.Names).Prepend(words).SelectMany(Spellings).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>"Hyperkalemia" is written "hyperkalaemia" elsewhere.</summary>
    private static IEnumerable<string> Spellings(string words) =>
        words.EndsWith("aemia", StringComparison.OrdinalIgnoreCase) ? [words, $"{words[..^5]}emia"] : words.EndsWith("emia", StringComparison.OrdinalIgnoreCase) ? [words, $"{words[..^4]}aemia"] : [words];
}
