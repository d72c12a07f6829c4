using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Plans;

/// <summary>
/// Reads that what a care plan consists of is asked for: "what does the heart failure plan ask of her", "which activities are part of it", "what was advised under the fracture care plan", "what is he supposed
/// to do". That a plan still runs, or is over, is read besides.
/// </summary>
internal static class PlanReader
{
    // What a plan does, or is made of.
    private static readonly string[] s_contents =
    [
        "ask|asks|expect|expects|require|requires|request|requests|want|wants of her|him|me|them|patient", "ask|asks|tell|tells|instruct|instructs|want|wants|expect|expects|advise|advises|require|requires|encourage|encourages her|him|me|them|patient to do|follow",
        "supposed|meant|told|asked|expected|advised|instructed|required to do|follow", "must|should|has|have|need|needs to do", "part of", "belong to", "belongs to", "made up of", "consist|consists|consisted of",
        "include", "includes", "included", "including", "contain", "contains", "contained", "involve", "involves", "involved", "entail", "entails", "entailed", "comprise", "comprises", "comprised", "cover", "covers", "covered", "advise", "advises", "advised",
        "recommend", "recommends", "recommended", "recommendations", "prescribe", "prescribes", "say", "says", "state", "states", "specify", "specifies", "set|sets out", "lay|lays down", "call|calls for", "provide|provides for",
        "ask", "asks", "require", "requires", "request", "requests", "activities", "activity", "elements", "components", "items", "measures", "interventions", "steps", "tasks", "actions", "instructions", "contents", "content", "elements",
    ];

    private static readonly string[] s_running = ["still running", "still in force", "still in effect", "still in place", "still going", "still open", "still valid", "running", "in force", "in effect", "ongoing", "under way", "underway", "currently followed", "being followed"];

    private static readonly string[] s_over = ["completed", "finished", "concluded", "over", "no longer active", "no longer running", "ended", "closed"];

    /// <summary>What is asked of a plan; nothing where no plan is named.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about; those that the plan's own words were taken for leave the list.</param>
    /// <param name="concepts">What is named in it.</param>
    public static PlanAsk Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        if (!topics.Exists(mention => mention.Topic.Kinds is [RecordKind.CarePlan]) && !concepts.Exists(concept => concept.Kinds.Any() && concept.Kinds.All(kind => kind == RecordKind.CarePlan)))
            return PlanAsk.None;

        if (Take(question, topics, s_running))
            return PlanAsk.Running;

        var opens = question[0] is "what" or "which" or "list" or "name" or "show" or "give" || question.Tokens.Any(token => token.Word is "activities" or "elements" or "components" or "contents" or "interventions" or "items" or "measures" or "tasks" or "steps");
        if (opens && question[0] is not "when" && Phrase.Find(question, s_contents) is not null)
        {
            while (FindFree(question, s_contents) is { } span)
                TakeSpan(question, topics, span);
            return PlanAsk.Contents;
        }

        return question[0] is "which" or "what" or "list" or "any" or "show" && Take(question, topics, s_over) ? PlanAsk.Over : PlanAsk.None;
    }

    private static bool Take(QuestionText question, List<TopicMention> topics, string[] phrases)
    {
        if (FindFree(question, phrases) is not { } span)
            return false;

        TakeSpan(question, topics, span);
        return true;
    }

    private static void TakeSpan(QuestionText question, List<TopicMention> topics, TokenSpan span)
    {
        topics.RemoveAll(mention => mention.Topic.Kinds is not [RecordKind.CarePlan] && mention.Span.Overlaps(span));
        question.Release(span);
        question.Claim(span);
    }

    /// <summary>The longest of the phrases at the first place where one is still free, or claimed only as a topic.</summary>
    private static TokenSpan? FindFree(QuestionText question, string[] phrases)
    {
        for (var i = 0; i < question.Count; i++)
            foreach (var words in phrases.OrderByDescending(words => words.Count(c => c == ' ')))
                if (Phrase.At(question, i, words) && new TokenSpan(i, words.Count(c => c == ' ') + 1) is var span && question.IsFreeOrTopical(span) && !Enumerable.Range(i, span.Count).All(question.IsClaimed)
                    || Phrase.At(question, i, words) && Enumerable.Range(i, words.Count(c => c == ' ') + 1).All(question.IsTopical))
                    return new TokenSpan(i, words.Count(c => c == ' ') + 1);

        return null;
    }
}
