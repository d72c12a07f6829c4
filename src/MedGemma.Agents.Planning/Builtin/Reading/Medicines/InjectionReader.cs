using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Reads "injections" and "inject" said of what is taken now: a way of taking, not a dose that somebody gave.</summary>
internal static class InjectionReader
{
    private static readonly string[] s_routes = ["injection", "subcutaneous", "subcutaneously", "intramuscular", "intramuscularly", "intravenous", "intravenously", "sc", "sq", "subcut", "im", "iv"];

    /// <summary>The condition on the route, where no drug is named; null where there is none, with the verb claimed where a drug is.</summary>
    public static ElementFilter? Read(QuestionText question, List<TopicMention> topics, bool named)
    {
        if (!DosageReader.IsPresent(question))
            return null;

        for (var i = 0; i < question.Count; i++)
        {
            var isThing = question[i] is "injections" or "injectables" or "injectable";
            if (!isThing && question[i] is not ("injected" or "inject" or "injects" or "injecting"))
                continue;

            question.Claim(new TokenSpan(i, 1));
            topics.RemoveAll(mention => mention.Topic.Name is "administration" && mention.Span.Contains(new TokenSpan(i, 1)));
            return named ? null : new ElementFilter(ResultElement.Route, s_routes);
        }

        return null;
    }
}
