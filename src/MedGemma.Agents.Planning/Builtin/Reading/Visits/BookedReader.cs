using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads that appointments to come are meant: "how many are booked", "which lie ahead", "does she have any appointments", "still to come".</summary>
internal static class BookedReader
{
    // Said of what is to come without a doubt.
    private static readonly string[] s_ahead =
    [
        "still to come", "yet to come", "to come", "lie|lies|lying ahead", "ahead", "after today|now", "from now on", "from today on|onwards", "in the future|diary|pipeline|calendar", "coming up", "waiting for her|him|me", "planned", "due", "in store", "left to attend",
    ];

    /// <summary>Whether they are; the words that say it are claimed.</summary>
    public static bool Read(QuestionText question, IReadOnlyList<TopicMention> topics)
    {
        if (!topics.Any(mention => mention.Topic.Kinds is [RecordKind.Appointment]))
            return false;

        var found = false;
        while (Phrase.Find(question, s_ahead.Where(words => Phrase.Find(question, [words]) is { } one && question.IsFree(one))) is { } span)
        {
            question.Claim(span);
            found = true;
        }

        return found || IsBooked(question) || IsPresent(question);
    }

    /// <summary>Whether what is named as an appointment is asked for as one to come: "when is the ICD check planned", "when is the endoscopy".</summary>
    public static bool Read(QuestionText question, IReadOnlyList<ConceptMention> concepts) =>
        concepts.Any(concept => concept.Kinds.Contains(RecordKind.Appointment)) && !question.Tokens.Any(token => token.Word is "was" or "last")
        && (Phrase.Take(question, "planned", "due", "arranged", "pencilled in", "scheduled", "booked in", "booked") || (question[0] is "when" or "who" or "where" && question[1] is "is" or "s"));

    /// <summary>"What is she booked in for": the purpose, though the preposition is part of the verb.</summary>
    public static bool AsksWhatFor(QuestionText question, IReadOnlyList<TopicMention> topics) =>
        question.Tokens.Any(token => token.Word is "what") && topics.Any(mention => mention.Topic.Kinds is [RecordKind.Appointment] && question[mention.Span.After - 1] is "for");

    /// <summary>"Booked" is the state of one to come, unless it was booked ("who booked it", "was booked for 3 May").</summary>
    private static bool IsBooked(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
            if (question[i] is "booked" or "scheduled" && !question.Tokens.Any(token => token.Word is "was" or "were" or "who" or "had" or "last" or "previous"))
                return true;

        return false;
    }

    /// <summary>"Does she have appointments", "are there any appointments", "which appointments has he got".</summary>
    private static bool IsPresent(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question[i] is "does" or "do" && question.Tokens.Skip(i + 1).Any(token => token.Word is "have"))
                return true;
            if (question[i] is "has" or "have" && question.Tokens.Skip(i + 1).Any(token => token.Word is "got"))
                return true;
            if (question[i] is "are" or "is" && (question[i + 1] is "there" || question[i - 1] is "appointments"))
                return true;
        }

        return false;
    }
}
