using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads visits to the general practitioner as the visits that the record calls so: "the last visit to his GP", "when did she last see her family doctor".</summary>
internal static class GpVisits
{
    private static readonly string[] s_names = ["gp", "general practice", "general practitioner", "family medicine", "family doctor", "family practice", "primary care"];

    /// <summary>The name of those visits; the topic leaves the list. Empty when no visit to one is asked for, or the record calls none so: then the words stay to be understood.</summary>
    public static IReadOnlyList<ConceptMention> Read(QuestionText question, List<TopicMention> topics, PatientRecord record)
    {
        if (topics.Find(mention => mention.Topic.Name == "general practitioner") is not { } practitioner || !SaysVisit(question, topics))
            return [];

        topics.Remove(practitioner);
        question.Release(practitioner.Span);
        var entries = record.Concepts.Entries.Where(entry => entry.Kinds.Any(kind => KindFamilies.AreStays([kind])) && s_names.Any(name => Says(entry.Name, name))).ToArray();
        if (entries.Length == 0)
            return [];

        question.Claim(practitioner.Span);
        var words = question.Slice(practitioner.Span);
        return [new ConceptMention(practitioner.Span, words, [.. entries], true, new ConceptMatch(words, [], [], "text", false), []) { Names = [.. entries.Select(entry => entry.Name)] }];
    }

    private static bool SaysVisit(QuestionText question, List<TopicMention> topics) =>
        topics.Exists(mention => mention.Topic.Name is "visit" or "outpatient visit" or "check up" or "visit reason")
        || question.Tokens.Any(token => token.Word is "see" or "saw" or "sees" or "went" or "attend" or "consulted");

    private static bool Says(string entry, string name) => $" {QuestionText.Normalize(entry)} ".Contains($" {name} ", StringComparison.Ordinal);
}
