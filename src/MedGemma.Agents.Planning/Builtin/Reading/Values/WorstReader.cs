using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads "worst" and "best" of measurements that only one way is worse of: the worst eGFR is the lowest. Of others the words stay unread.</summary>
internal static class WorstReader
{
    /// <summary>Reads and claims the word; the extreme it asks for and how it was read, or null.</summary>
    /// <param name="question">The clause; its names are claimed already.</param>
    /// <param name="concepts">What it names.</param>
    /// <param name="vocabulary">Says what the names stand for.</param>
    public static (ExtremeAggregate Extreme, string Reading)? Read(QuestionText question, IReadOnlyList<ConceptMention> concepts, ConceptVocabulary vocabulary)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("worst" or "best"))
                continue;

            if (IsHigherWorse(concepts, vocabulary) is not { } higherIsWorse)
                return null;

            var highest = question[i] is "worst" == higherIsWorse;
            question.Claim(new TokenSpan(i, 1));
            return (new ExtremeAggregate(highest), $"\"{question[i]}\" is read as the {(highest ? "highest" : "lowest")}.");
        }

        return null;
    }

    /// <summary>Whether more of what is named is worse (true) or less (false); null when neither is.</summary>
    public static bool? IsHigherWorse(IReadOnlyList<ConceptMention> concepts, ConceptVocabulary vocabulary) =>
        WorseValues.Default.IsHigherWorse([.. concepts.SelectMany(concept => vocabulary.Find(concept.Words).Concat(concept.Entries.SelectMany(entry => vocabulary.Find(entry.Name)))).Select(term => term.Name).Distinct()]);
}
