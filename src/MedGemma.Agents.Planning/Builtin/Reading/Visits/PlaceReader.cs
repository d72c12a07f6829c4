using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Finds that a question asks where in the hospital the patient was: "where is she now", "what unit is he on", "which units did she stay on", "ward at discharge".</summary>
internal static class PlaceReader
{
    /// <summary>Adds the topic of care units where the question asks for one without its name, and claims the words that only say that the patient was there.</summary>
    /// <returns>True when where the patient is at the instant of the question is asked for.</returns>
    public static bool Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, Topic careUnit, bool asksWhere)
    {
        if (concepts.Count > 0)
            return false;

        var unit = Enumerable.Range(0, question.Count).FirstOrDefault(i => question[i] is "unit" or "units" && question[i - 1] is "what" or "which" && IsOfPatient(question, i + 1), -1);
        if (unit >= 0 && topics.TrueForAll(mention => mention.Topic.Rank == 0 || IsStay(mention) || mention.Topic == careUnit || mention.Topic.Name == "current medication"))
        {
            // "Is she on" asks for no drug here.
            topics.RemoveAll(mention => mention.Topic.Name is "unit" or "current medication" || mention.Topic == careUnit);
            Add(question, topics, careUnit, new TokenSpan(unit, 1));
        }
        else if (asksWhere && IsBarePlace(question, topics))
        {
            var where = Enumerable.Range(0, question.Count).First(i => question[i] is "where");
            topics.RemoveAll(mention => IsStay(mention) && question[mention.Span.After - 1] is "hospital" or "inpatient");
            Add(question, topics, careUnit, new TokenSpan(where, 1));
        }

        if (!topics.Exists(mention => mention.Topic == careUnit))
            return false;

        // "How many wards did she stay on": the verb asks for no stay.
        topics.RemoveAll(mention => IsStay(mention) && question[mention.Span.First] is "stay" or "stayed" or "stays" && IsSubject(question, mention.Span.First - 1));

        for (var i = 0; i + 1 < question.Count; i++)
            if (!question.IsClaimed(i) && question[i] is "pass" or "passed" or "move" or "moved" or "go" or "went" or "gone" && question[i + 1] is "through")
                question.Claim(new TokenSpan(i, 2));
        return Enumerable.Range(0, question.Count).Any(i => question[i] is "is" or "am" && IsSubject(question, i + 1));
    }

    private static void Add(QuestionText question, List<TopicMention> topics, Topic careUnit, TokenSpan span)
    {
        question.ClaimTopic(span);
        topics.Add(new TopicMention(span, careUnit));
    }

    /// <summary>"Is she on", "did he stay": the unit is not that of a value.</summary>
    private static bool IsOfPatient(QuestionText question, int at) =>
        question[at] is "is" or "was" or "did" or "has" or "are" or "were" && IsSubject(question, at + 1);

    private static bool IsSubject(QuestionText question, int at) =>
        question[at] is "he" or "she" or "i" or "they" || (question[at] is "the" or "this" or "my" && question[at + 1] is "patient") || question[at] is "patient";

    /// <summary>"Where is he right now", "where was she on 3 May": nothing else is named, and no verb of coming or going.</summary>
    private static bool IsBarePlace(QuestionText question, List<TopicMention> topics)
    {
        var where = Enumerable.Range(0, question.Count).First(i => question[i] is "where");
        return question[where + 1] is "is" or "was" or "s" or "am" && IsSubject(question, where + 2) && topics.TrueForAll(mention => IsStay(mention) && question[mention.Span.After - 1] is "hospital" or "inpatient")
            && !question.Tokens.Any(token => token.Word is "sent" or "going" or "from" or "born" or "discharged" or "transferred" or "seen" or "admitted" or "treated" or "taken" or "living" or "registered");
    }

    private static bool IsStay(TopicMention mention) => mention.Topic is { Element: null, Kinds: [RecordKind.HospitalStay] };
}
