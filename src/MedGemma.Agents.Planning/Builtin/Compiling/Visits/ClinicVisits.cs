using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Visits;

/// <summary>"When did she last attend the heart failure clinic": where a clinic is known as a place of visits and as an appointment, what took place is asked of the visits there.</summary>
internal static class ClinicVisits
{
    /// <summary>The frame asked of the visits at the place; unchanged when no past visit, or no such place, is meant.</summary>
    public static QuestionFrame Narrow(PatientRecord record, QuestionText question, QuestionFrame frame)
    {
        if (frame.Concepts is not [var concept] || !concept.Kinds.Any() || !concept.Kinds.All(kind => kind is RecordKind.Appointment or RecordKind.ServiceRequest or RecordKind.CarePlan) || frame.Upcoming || frame.State != StateAsk.None
            || frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.Appointment]) || !IsPast(question, frame) || RecordNames.Of(record).FindPlace(QuestionText.Normalize(concept.Words)) is not { } place)
            return frame;

        var visit = PlannerLexicon.Default.FindTopic("visit")!;
        return frame with
        {
            Concepts = [],
            VisitPlace = place,
            Topics = [.. frame.Topics.Where(mention => mention.Topic.Kinds is not [RecordKind.OutpatientVisit]), .. frame.Topics.Any(mention => mention.Topic == visit) ? [] : new[] { new TopicMention(concept.Span, visit) }],
        };
    }

    private static bool IsPast(QuestionText question, QuestionFrame frame) =>
        frame.Attends || frame.Sees || frame.Topics.Any(mention => mention.Topic.Name is "visit" or "outpatient visit") || question.Tokens.Any(token => token.Word is "been" or "came" or "come" or "went");
}
