using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.People;

/// <summary>
/// Reads what is asked of relatives: "how old was his father when colon cancer was diagnosed", "what did her mother die of", "is her dad still alive". An age and a death beside a relative are
/// those of the relative, never the patient's.
/// </summary>
internal static class FamilyReader
{
    /// <summary>What is asked, with the words claimed that say it; null where no relative is named.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about; the age and the death of the patient leave the list.</param>
    public static FamilyAsk? Read(QuestionText question, List<TopicMention> topics)
    {
        if (!topics.Exists(mention => mention.Topic.Kinds is [RecordKind.FamilyHistory]))
            return null;

        var deaths = topics.FindAll(mention => mention.Topic.Name == "death");
        var ages = topics.FindAll(mention => mention.Topic.Name == "age");
        topics.RemoveAll(mention => deaths.Contains(mention) || ages.Contains(mention));
        if (deaths.Count > 0)
            return IsCause(question, deaths) ? FamilyAsk.CauseOfDeath : ages.Count > 0 ? FamilyAsk.AgeAtDeath : FamilyAsk.Death;

        return ages.Count > 0 || Phrase.Take(question, "how young") || question[0] is "when" ? FamilyAsk.OnsetAge : FamilyAsk.Diseases;
    }

    private static bool IsCause(QuestionText question, List<TopicMention> deaths) =>
        Phrase.Take(question, "cause of", "cause")
        || deaths.Exists(mention => question[mention.Span.After] is "of" or "from" or "with") && question.Tokens.Any(token => token.Word is "what" or "which");
}
