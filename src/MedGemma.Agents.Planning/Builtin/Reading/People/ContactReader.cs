using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.People;

/// <summary>Reads who is to be contacted about the patient, and how: "emergency contact's phone number", "how do I reach her daughter", "who is the health care agent", "what is his wife's name".</summary>
internal static class ContactReader
{
    private static readonly string[] s_reaching =
    [
        "how can|do|could|should|would i|we|you|one reach|contact|call|phone|ring|notify|inform", "get hold of", "get in touch with", "call", "ring", "reach", "contact", "notify",
    ];

    private static readonly string[] s_calling =
        ["who can|do|should|could|shall i|we call|ring|phone|contact|notify|inform", "who is|should to|be be|called called|notified|contacted|informed", "who should be called|notified|contacted|informed|phoned", "who to call|ring|phone|contact|notify|inform"];

    private static readonly string[] s_related = ["how is|are", "relationship", "relation", "related", "in what relation", "what relation"];

    // Who speaks for the patient is recorded as a contact, too.
    private static readonly (string Words, string[] Relation)[] s_representatives =
    [
        ("health care|healthcare agent|proxy|representative|surrogate", ["health care agent", "healthcare agent", "health care proxy", "healthcare proxy", "agent", "proxy", "surrogate"]),
        ("healthcare|medical agent|proxy|representative|surrogate", ["health care agent", "healthcare agent", "health care proxy", "healthcare proxy", "agent", "proxy", "surrogate"]),
        ("medical|lasting|durable power of attorney", ["power of attorney", "attorney"]),
        ("power of attorney", ["power of attorney", "attorney"]),
        ("legal guardian", ["guardian"]),
        ("guardian", ["guardian"]),
        ("main|primary|family carer|caregiver", ["carer", "caregiver", "caretaker"]),
        ("carer|caregiver|caretaker", ["carer", "caregiver", "caretaker"]),
    ];

    /// <summary>What is asked, with its words claimed; null where no contact is asked for.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about; those of the patient's own telephone and of his family leave the list.</param>
    /// <param name="concepts">What is named in it; a visit that is called "Emergency" is no emergency in which somebody is called.</param>
    /// <param name="contact">The topic of contacts, which is put in.</param>
    public static ContactAsk? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, Topic contact)
    {
        var named = topics.Exists(mention => mention.Topic == contact);
        var (who, relation) = Relation(question);
        if (!named && relation is null && Phrase.Find(question, s_calling) is { } calling)
        {
            question.Claim(calling);
            topics.RemoveAll(mention => mention.Topic.Kinds is [RecordKind.EmergencyVisit or RecordKind.Encounter]);
            concepts.RemoveAll(concept => question[concept.Span.First] is "emergency");
            topics.Add(new TopicMention(calling, contact));
            Phrase.Take(question, "in an|case of|a emergency", "in case of|an emergency", "if something happens");
            return new ContactAsk(ResultElement.Contact, []);
        }

        if (!named && relation is null)
            return null;

        var element = Element(question, topics);
        if (!named && element is null)
            return null;

        // "Who in the family" and "did her mother" are asked of the family history.
        if (!named && element == ResultElement.Contact && !MayBeNamed(question, who))
            return null;

        foreach (var mention in topics.FindAll(mention => mention.Topic.Name is "telephone" or "address" or "family history" or "patient name" or "name" || IsWordForSeeing(question, mention)))
        {
            topics.Remove(mention);
            question.Claim(mention.Span);
        }

        if (relation is not null)
            question.Claim(who);
        Phrase.Take(question, s_reaching);
        if (element == ResultElement.ContactRelationship)
            foreach (var words in s_related)
                Phrase.Take(question, words);

        Phrase.Take(question, "in an|case of|a emergency", "in case of|an emergency", "number", "details");
        if (!named)
            topics.Add(new TopicMention(who, contact));
        return new ContactAsk(element ?? ResultElement.Contact, relation ?? []);
    }

    /// <summary>What is asked of a contact, or null when nothing that a contact has.</summary>
    private static ResultElement? Element(QuestionText question, List<TopicMention> topics) =>
        topics.Exists(mention => mention.Topic.Name == "telephone") || Phrase.Find(question, ["number", "details", .. s_reaching[..1], "get hold of", "get in touch with"]) is not null ? ResultElement.ContactTelecom
        : topics.Exists(mention => mention.Topic.Name == "address") ? ResultElement.ContactAddress
        : Phrase.Find(question, ["related to", "relationship", "relation", "how is related", "related"]) is not null ? ResultElement.ContactRelationship
        : question.Tokens.Any(token => token.Word is "who" or "name" or "called" or "whom") ? ResultElement.Contact
        : question.Count == 1 + question.Tokens.Count(token => token.Word is "health" or "care" or "power" or "of" or "legal") || s_representatives.Any(one => Phrase.Find(question, [one.Words]) is { } span && span.Count == question.Count) ? ResultElement.Contact
        : null;

    /// <summary>"What is his wife's name", "who is her carer": nobody else is named and nothing else asked.</summary>
    private static bool MayBeNamed(QuestionText question, TokenSpan who) =>
        Enumerable.Range(0, question.Count).All(i => who.Contains(new TokenSpan(i, 1)) || question.IsTopical(i)
            || question[i] is "what" or "is" or "s" or "his" or "her" or "my" or "the" or "patient" or "their" or "who" or "name" or "of" or "called" or "named" or "are" or "recorded" or "as" or "listed" or "down" or "acts" or "for" or "please" or "holds" or "has");

    private static bool IsWordForSeeing(QuestionText question, TopicMention mention) =>
        mention.Topic.Name == "visit" && question[mention.Span.First] is "contact" or "contacts";

    private static (TokenSpan Span, string[]? Words) Relation(QuestionText question)
    {
        foreach (var (words, relation) in s_representatives)
            if (Phrase.Find(question, [words]) is { } span && !question.IsClaimed(span.First))
                return (span, relation);

        for (var i = 0; i < question.Count; i++)
            if (Of(question[i]) is { } relation)
                return (new TokenSpan(i, 1), relation);

        return (default, null);
    }

    private static string[]? Of(string word) => word switch
    {
        "wife" => ["wife", "spouse"],
        "husband" => ["husband", "spouse"],
        "spouse" => ["spouse", "wife", "husband"],
        "partner" => ["partner", "spouse"],
        "daughter" or "son" or "sister" or "brother" or "aunt" or "uncle" or "cousin" or "niece" or "nephew" or "grandson" or "granddaughter" or "friend" or "neighbour" or "neighbor" => [word],
        "mother" or "mum" or "mom" => ["mother"],
        "father" or "dad" => ["father"],
        "parents" => ["mother", "father", "parent"],
        _ => null,
    };
}
