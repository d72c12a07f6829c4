using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Reads questions of what an allergen does, put without the word: "what happens when he gets penicillin", "which allergy causes hives".</summary>
internal static class AllergyReader
{
    private static readonly string[] s_reacting =
    [
        "what happens|happened when|if|with|after|to", "what happens|happened", "what does|did|do|will", "how does|did|do he|she|it|they react|respond", "how does|did|do the patient react|respond",
    ];

    /// <summary>What is asked, with the words claimed; null when it is not of allergies.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about.</param>
    /// <param name="concepts">What it names.</param>
    /// <param name="isAllergen">Whether the record has an allergy to what a name stands for.</param>
    public static MedicineAsk? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, Func<ConceptMention, bool> isAllergen)
    {
        // "Active allergies only": the list itself.
        if (topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Allergy]) && Phrase.Find(question, ["only"]) is { } only && question[only.After] is not "to" && question.IsFree(only))
            question.Claim(only);

        if (ReadCause(question, topics, concepts) is { } cause)
            return MedicineAsk.None with { Kinds = [RecordKind.Allergy], Where = cause };

        if (concepts is not [var allergen] || !AsksReaction(question) || !isAllergen(allergen))
            return null;

        for (var i = 0; i < question.Count; i++)
            if (!question.IsClaimed(i) && question[i] is "what" or "how" or "happens" or "happened" or "when" or "if" or "with" or "after" or "to" or "gets" or "get" or "takes" or "take" or "took" or "has" or "had" or "have" or "given" or "exposed" or "eats" or "eat" or "ate"
                or "stung" or "by" or "does" or "do" or "did" or "cause" or "causes" or "give" or "gives" or "react" or "reacts" or "respond" or "affect" or "touches" or "uses" or "used" or "receives" or "received" or "got" or "contact")
                question.Claim(new TokenSpan(i, 1));
        topics.RemoveAll(mention => mention.Topic.Name is "given" or "taken" or "current medication" or "administration" or "reaction");
        return MedicineAsk.None with { Kinds = [RecordKind.Allergy], Element = ResultElement.Reaction };
    }

    /// <summary>Whether the words ask what something does to the patient.</summary>
    public static bool AsksReaction(QuestionText question)
    {
        if (Phrase.Find(question, s_reacting) is not { First: 0 } opening)
            return false;

        return question[1] is "happens" or "happened" || question[0] is "how" || question.Tokens.Skip(opening.After).Any(token => token.Word is "do" or "cause" or "give" or "trigger" or "affect");
    }

    /// <summary>"Which allergy causes hives": what is said of the reaction.</summary>
    private static ElementFilter? ReadCause(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts)
    {
        if (!topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Allergy]) || question[0] is not ("which" or "what"))
            return null;

        for (var i = 1; i + 1 < question.Count; i++)
        {
            if (question[i] is not ("causes" or "caused" or "cause" or "gives" or "gave" or "triggers" or "triggered" or "produces" or "produced"))
                continue;

            var first = i + 1;
            while (question[first] is "him" or "her" or "them" or "me" or "a" or "an" or "the" or "his" or "my")
                first++;
            if (first >= question.Count)
                return null;

            var words = new TokenSpan(first, question.Count - first);
            question.Claim(new TokenSpan(i, question.Count - i));
            concepts.RemoveAll(concept => concept.Span.Overlaps(words));
            topics.RemoveAll(mention => mention.Span.First >= i || mention.Topic.Name is "given" or "reaction");
            return new ElementFilter(ResultElement.Reaction, [question.Slice(words)]);
        }

        return null;
    }
}
