using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.Plans;

/// <summary>
/// Reads orders, requests and referrals: which are open ("requested but not yet done", "what is he still waiting for"), how urgent they are ("is the echo urgent or routine"), who made them.
/// </summary>
internal static class OrderReader
{
    private static readonly string[] s_open =
    [
        "requested|ordered|referred but|and not yet|been done|performed|completed|carried|reported", "requested|ordered but|and still outstanding|open|pending|waiting", "requested|ordered but|and outstanding|pending|open", "requested|ordered but not|never done|performed|completed|reported|resulted",
        "requested|ordered but has|have not yet|been done|performed", "ordered|requested but not yet done|performed|completed", "still waiting for", "still awaited", "still awaiting", "waiting for", "not been done yet", "not been carried out yet", "still not done", "still not been done", "still to be done", "still due", "still to come",
        "yet to be done|performed|completed", "not yet completed|performed|done", "still open", "still outstanding", "still pending", "outstanding", "pending", "open",
    ];

    private static readonly string[] s_things = ["investigations", "investigation", "tests", "test", "requests", "request", "orders", "order", "referrals", "referral", "examinations", "examination", "exams", "studies", "scans", "things"];

    private static readonly string[] s_urgent = ["urgent", "stat", "emergent", "high priority"];

    private static readonly string[] s_priority = ["how urgent|urgently", "with what|which priority|urgency", "urgent or routine", "routine or urgent", "urgency", "priority", "how soon"];

    /// <summary>What is asked of orders; null where nothing is beyond what other readers take.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about; prescriptions that are requests leave the list.</param>
    /// <param name="concepts">What is named in it.</param>
    /// <param name="lexicon">Where the topics of requests are.</param>
    public static OrderAsk? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, PlannerLexicon lexicon)
    {
        // A drug, a result or an appointment has orders of its own sort.
        if (topics.Exists(mention => mention.Topic is { Rank: > 2 } && mention.Topic.Name is not ("prescription" or "pending" or "referral" or "imaging" or "status" or "laboratory")))
            return null;

        var saysOrder = question.Tokens.Any(token => token.Word is "request" or "requests" or "requested" or "order" or "orders" or "ordered" or "referral" or "referrals" or "referred" or "refer") || topics.Exists(mention => mention.Topic.Name is "pending" or "referral");
        var isThing = question.Tokens.Any(token => s_things.Contains(token.Word));
        if (concepts.Count == 0 && (saysOrder || isThing) && FindFree(question, s_open) is { } open && !topics.Exists(mention => mention.Topic.Name == "laboratory"))
        {
            Take(question, topics, open, lexicon.FindTopic("pending")!);
            TakeThings(question, topics);
            return new OrderAsk(false, []);
        }

        if (concepts.Count == 0 && !saysOrder && FindFree(question, s_priority[2..4]) is null)
            return null;

        if (FindFree(question, s_priority) is { } priority)
        {
            Take(question, topics, priority, lexicon.FindTopic("referral")!);
            TakeThings(question, topics);
            return new OrderAsk(true, []);
        }

        if (saysOrder && FindFree(question, s_urgent) is { } urgent)
        {
            Take(question, topics, urgent, lexicon.FindTopic("referral")!);
            TakeThings(question, topics);
            return new OrderAsk(false, ["urgent", "stat", "asap"]);
        }

        return null;
    }

    private static void Take(QuestionText question, List<TopicMention> topics, TokenSpan span, Topic topic)
    {
        topics.RemoveAll(mention => mention.Topic.Name == "prescription" || mention.Span.Overlaps(span));
        question.Claim(span);
        topics.Add(new TopicMention(span, topic));
    }

    private static void TakeThings(QuestionText question, List<TopicMention> topics)
    {
        for (var i = 0; i < question.Count; i++)
            if (s_things.Contains(question[i]) && (!question.IsClaimed(i) || question.IsTopical(i)))
            {
                topics.RemoveAll(mention => mention.Span.Contains(new TokenSpan(i, 1)) && mention.Topic.Name is not ("pending" or "referral"));
                question.Claim(new TokenSpan(i, 1));
            }
    }

    private static TokenSpan? FindFree(QuestionText question, string[] phrases) => Phrase.Find(question, phrases) is { } span && question.IsFreeOrTopical(span) ? span : null;
}
