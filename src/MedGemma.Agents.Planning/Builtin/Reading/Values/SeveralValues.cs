using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Tells when more than one value of a thing is meant.</summary>
internal static class SeveralValues
{
    /// <summary>"LDL results 2014-2016", "give me the A1cs before 2014": more than the last one.</summary>
    public static bool Asks(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts) =>
        concepts.Exists(ResultMentions.IsMeasured) && (topics.Exists(mention => mention.Topic.Name == "observation" && question[mention.Span.First] is "results" or "values" or "readings" or "measurements")
            || concepts.Exists(mention => question.Slice(mention.Span) is [.., var before, 's'] && (char.IsUpper(before) || char.IsDigit(before))));

    /// <summary>"HDL below 40 at any time".</summary>
    public static bool SaysAnyTime(QuestionText question) =>
        Enumerable.Range(1, Math.Max(0, question.Count - 1)).Any(i => question[i] is "time" or "point" or "stage" or "occasion" && question[i - 1] is "any" && !question.IsClaimed(i));

    /// <summary>"The difference between the highest and the lowest".</summary>
    public static bool IsBetweenExtremes(QuestionText question)
    {
        var extremes = Enumerable.Range(0, question.Count).Where(i => !question.IsClaimed(i)).Select(i => OrderingReader.ReadAt(question, i)).OfType<ExtremeAggregate>().Select(extreme => extreme.Highest).Distinct().Count();
        return extremes == 2 && (Enumerable.Range(0, question.Count).Any(i => question[i] is "difference" or "gap" or "spread" && !question.IsClaimed(i)));
    }
}
