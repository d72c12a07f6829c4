using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Reads that what was not done is asked for: doses held or refused, vaccines declined, orders not to give, cancelled or drafted.</summary>
internal static class NotDoneReader
{
    private static readonly string[] s_notToGive =
    [
        "do not give", "don t give", "do not administer", "don t administer", "do not perform", "do not use", "not to give", "not to be given", "not to administer", "not be given", "not to be taken", "must not have", "must not receive", "must not get", "must not take",
        "not be administered", "not to be administered", "should not be given", "should not have", "should not get", "should not receive", "not allowed", "not permitted", "prohibited", "forbidden", "to avoid", "be avoided",
    ];

    private static readonly string[] s_held = ["held", "withheld", "on hold", "put on hold", "holding", "withholding", "paused"];

    private static readonly string[] s_notGiven =
    [
        "not given", "not administered", "not actually given", "weren t given", "wasn t given", "not received", "missed", "omitted", "skipped", "not done", "not vaccinated", "not immunised", "not immunized", "never given",
    ];

    /// <summary>That something was not had is only recorded where there is a reason to ask for.</summary>
    private static readonly string[] s_notHad =
    [
        "hasn t had", "hasn t received", "hasn t got", "hasn t been given", "has not had", "has not received", "has not been given", "haven t had", "have not had", "haven t received", "didn t get", "didn t have", "didn t receive", "did not get", "did not have", "did not receive",
        "hasn|haven t he|she|they|i had|received|got|gotten", "didn t he|she|they|i get|have|receive", "has|have he|she|they|i not had|received", "did he|she|they|i not get|have|receive", "he|she|they|i not had|received|given", "wasn t he|she given|vaccinated",
        "why no", "not had", "not have", "not receive", "not get", "not got", "isn t vaccinated", "wasn t vaccinated",
    ];

    private static readonly string[] s_refused = ["refused", "refuse", "refuses", "refusal", "refusals", "declined", "decline", "declines", "rejected", "turned down", "turn down", "say no to", "said no to"];

    private static readonly string[] s_cancelled = ["cancelled", "canceled", "called off"];

    private static readonly string[] s_draft = ["draft", "drafts", "drafted"];

    private static readonly string[] s_error = ["entered in error", "in error", "by mistake", "mistakenly"];

    private static readonly string[] s_missed = ["dose held", "not given", "not done"];

    /// <summary>The labels of what is asked for, with the words claimed; empty when what was done is asked for.</summary>
    public static IReadOnlyList<string> Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, bool ofDrugs, bool ofVaccines)
    {
        if (!ofDrugs && !ofVaccines && !topics.Exists(mention => mention.Topic.Name == "flag") && Phrase.Find(question, s_notToGive.Take(5)) is null)
            return [];

        // "Is the order active or just a draft" asks for its status.
        if (question.Tokens.Any(token => token.Word is "or" or "status"))
            return [];

        if (Take(question, topics, s_notToGive, Phrase.Find(question, s_notToGive)))
            return ["do not perform"];
        if (!ofDrugs && !ofVaccines)
            return [];

        concepts.RemoveAll(concept => Phrase.Find(question, s_notGiven) is { } words && words.Contains(concept.Span));
        if (ofDrugs && Take(question, topics, s_held, FindFree(question, s_held)))
            return ["dose held"];
        if (Take(question, topics, s_notGiven, Phrase.Find(question, ["as not given"])))
            return ["not given"];
        if (Take(question, topics, s_refused, FindFree(question, s_refused)) || Take(question, topics, s_notGiven, Phrase.Find(question, s_notGiven)))
            return s_missed;
        if (AsksWhy(question) && Take(question, topics, s_notHad, Phrase.Find(question, s_notHad)))
            return s_missed;
        if (ofDrugs && Take(question, topics, s_cancelled, FindFree(question, s_cancelled)))
            return ["cancelled"];
        if (ofDrugs && Take(question, topics, s_draft, FindFree(question, s_draft)))
            return ["draft"];

        return ofDrugs && Take(question, topics, s_error, FindFree(question, s_error)) ? ["entered in error"] : [];
    }

    /// <summary>Whether the words say that it was refused, not only that it was not done.</summary>
    public static bool SaysRefused(QuestionText question) => Phrase.Find(question, s_refused) is not null;

    /// <summary>Whether the reason is asked for.</summary>
    public static bool AsksWhy(QuestionText question) => question.Tokens.Any(token => token.Word is "why" or "reason" or "reasons");

    private static TokenSpan? FindFree(QuestionText question, string[] phrases) => Phrase.Find(question, phrases) is { } span && question.IsFree(span) ? span : null;

    private static bool Take(QuestionText question, List<TopicMention> topics, string[] phrases, TokenSpan? found)
    {
        if (found is not { } span || phrases.Length == 0)
            return false;

        question.Claim(span);
        topics.RemoveAll(mention => mention.Span.Overlaps(span) || mention.Topic.Name is "given" or "reason");
        Phrase.Take(question, "standing instruction", "standing order");
        for (var i = 0; i < question.Count; i++)
            if (question[i] is "marked" or "flagged" or "instruction" or "instructions" or "why" or "reason" or "patient" && !question.IsClaimed(i))
                question.Claim(new TokenSpan(i, 1));

        topics.RemoveAll(mention => mention.Topic.Name is "instructions" or "flag");
        return true;
    }
}
