using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Finds a ward that is called one, before its words are taken for anything else: "the orthopaedic ward", "Day Oncology Unit", "the HDU". Units that the planner knows as kinds of stays are not among them.</summary>
internal static class WardReader
{
    private const int LongestName = 6;

    /// <summary>The tokens and the name of the place as the record has it; nothing is claimed yet. Null when no single place is meant.</summary>
    public static (TokenSpan Span, string Place)? Read(QuestionText question, PatientRecord record, PlannerLexicon lexicon)
    {
        var names = RecordNames.Of(record);
        for (var i = 0; i < question.Count; i++)
        {
            for (var length = Math.Min(LongestName, question.Count - i); length > 0; length--)
            {
                var span = new TokenSpan(i, length);
                if (!question.IsFree(span) || !IsCalledWard(question, span) || NamesKindOfStay(question, span, lexicon) || (names.FindPlace(question.Words(span)) ?? (length == 1 ? names.FindPlaceByInitials(question[i]) : null)) is not { } place)
                    continue;

                question.Claim(span);
                return (span, place);
            }
        }

        return null;
    }

    /// <summary>Takes what was found as the place of a care unit, or as that of stays in intensive care where it is one and the record has such stays.</summary>
    public static (string? Place, string? VisitPlace) Take(QuestionText question, List<TopicMention> topics, (TokenSpan Span, string Place) ward, PatientRecord record, PlannerLexicon lexicon)
    {
        if (record.OfKind(RecordKind.IcuStay).Length == 0 || !IsIntensive(ward.Place))
            return (PlaceNames.Take(question, topics, ward.Span, lexicon.FindTopic("ward")!, ward.Place), null);

        topics.Add(new TopicMention(ward.Span, lexicon.FindTopic("intensive care")!));
        return (null, ward.Place);
    }

    /// <summary>Whether the name of a place says that it is a unit of intensive care.</summary>
    private static bool IsIntensive(string place) =>
        place.Contains("intensive care", StringComparison.OrdinalIgnoreCase) || QuestionText.Tokenize(place).Exists(token => token.Word.EndsWith("icu", StringComparison.Ordinal) && token.Word.Length <= 6);

    /// <summary>Two words or more of which the last is a ward, or an abbreviation where the patient can lie.</summary>
    private static bool IsCalledWard(QuestionText question, TokenSpan span) => span.Count > 1
        ? question[span.After - 1] is "ward" or "unit" or "floor" or "lounge" or "theatre" or "suite" or "recovery" && question[span.First] is not ("the" or "which" or "what" or "a" or "an" or "her" or "his" or "this" or "that" or "on" or "in" or "to" or "care" or "hospital" or "nursing")
        : question[span.First].Length is >= 2 and <= 6 && question.Slice(span).All(char.IsUpper) && IsPlaceAhead(question, span.First);

    private static bool IsPlaceAhead(QuestionText question, int at)
    {
        var before = question[at - 1] is "the" ? at - 2 : at - 1;
        return question[before] is "on" or "to" or "in" or "at" or "onto" or "from" or "into" or "after" or "before" or "leave" or "left" or "of";
    }

    private static bool NamesKindOfStay(QuestionText question, TokenSpan span, PlannerLexicon lexicon)
    {
        for (var first = span.First; first < span.After; first++)
            for (var length = 1; first + length <= span.After; length++)
                if (lexicon.FindTopic(question.Words(new TokenSpan(first, length))) is { Kinds: [RecordKind.IcuStay or RecordKind.EmergencyVisit] })
                    return true;

        return false;
    }
}
