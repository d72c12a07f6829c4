using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads what is asked of a measurement beside its value: its unit, its flag. The same words mean other things elsewhere: a care unit, a flag on the chart.</summary>
internal static class MeasurementAsks
{
    /// <summary>Reads the words and puts the topics of what they ask for among the topics; claims them.</summary>
    /// <param name="question">The clause; its names are claimed already, and all of them are measured.</param>
    /// <param name="topics">What its words are about.</param>
    /// <param name="lexicon">The planner's words.</param>
    public static void Read(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon)
    {
        // "How bad was the pain" asks for its score.
        topics.RemoveAll(mention => mention.Topic.Element is ResultElement.Severity);
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) && !question.IsTopical(i))
                continue;

            // "The latest value with its unit" is the value, which is told with it.
            if (question[i] is "unit" or "units" && (question[i - 1] is "with" or "including" || (question[i - 1] is "its" or "the" && question[i - 2] is "with" or "including")))
                question.Claim(new TokenSpan(i, 1));
            else if (question[i] is "unit" or "units" && question[i - 1] is not ("many" or "care" or "intensive" or "of") && !(question[i + 1] is "of" && question[i + 2] is "blood" or "insulin" or "plasma" or "packed" or "red" or "heparin" or "ffp"))
                Put(question, topics, lexicon, i, 1, "unit of measure");
            else if (question[i] is "in" && i == question.Count - 1 && question[i - 1] is "measured" or "reported" or "given" or "expressed" or "recorded" && question.Tokens.Any(token => token.Word is "what"))
                Put(question, topics, lexicon, i, 1, "unit of measure");
            else if (question[i] is "flag" or "flags" && question[i - 1] is not ("chart" or "isolation"))
                Put(question, topics, lexicon, i, 1, "interpretation");
            // "HLA-B27 status" is what was found; the status of a result is said to be one.
            else if (question[i] is "status" && question.IsClaimed(i - 1) && !question.IsTopical(i - 1) && i > 0)
                question.Claim(new TokenSpan(i, 1));
            else if (question[i] is "status" && question[i - 1] is not ("code" or "resuscitation" or "smoking" or "performance" or "mental" or "vital"))
                Put(question, topics, lexicon, i, 1, "the status");
            else if (question[i] is "carry" or "carries" or "bear" && topics.Exists(mention => mention.Topic.Element is ResultElement.Interpretation))
                question.Claim(new TokenSpan(i, 1));
            else if (question[i] is "flagged" && question.Tokens.Any(token => token.Word is "how" or "what"))
                Put(question, topics, lexicon, i, question[i + 1] is "as" ? 2 : 1, "interpretation");
        }
    }

    /// <summary>"Normal range (low and high)": both sides are the range. Claims the words.</summary>
    public static void ReadBothSides(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            var span = new TokenSpan(i, question[i] is "both" ? 2 : question[i + 1] is "and" ? 3 : 2);
            if (span.After > question.Count || !question.IsFree(span))
                continue;
            if ((question[i] is "low" or "lower" && question[span.After - 1] is "high" or "upper") || (question[i] is "high" or "upper" && question[span.After - 1] is "low" or "lower") || (question[i] is "both" && question[i + 1] is "limits" or "ends" or "bounds" or "sides"))
                question.Claim(span);
        }
    }

    /// <summary>"Flagged high", "marked as abnormal": the verb says no more than the side. Alone it asks whether there is a flag, which is abnormal.</summary>
    /// <returns>The filter that a verb alone asks for, or the one given.</returns>
    public static ValueFilter? ReadFlagged(QuestionText question, ValueFilter? value)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("flagged" or "marked" or "labelled" or "labeled" or "tagged" or "highlighted" or "interpreted"))
                continue;
            if (value is null && question[i] is not "flagged")
                continue;

            question.Claim(new TokenSpan(i, question[i + 1] is "as" or "up" ? 2 : 1));
            value ??= new ValueFilter(ValueComparison.Abnormal);
        }

        return value;
    }

    private static void Put(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon, int at, int count, string phrase)
    {
        if (lexicon.FindTopic(phrase) is not { } topic)
            return;

        var span = new TokenSpan(at, count);
        topics.RemoveAll(mention => mention.Span.Overlaps(span));
        question.Claim(span);
        topics.Add(new TopicMention(span, topic));
    }
}
