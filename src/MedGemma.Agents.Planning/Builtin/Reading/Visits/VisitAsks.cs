using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>What is asked of visits and stays beyond when, where and for what.</summary>
/// <param name="IsFinished">True when only those that are over are meant.</param>
/// <param name="TurnsUp">True when it is asked whether the patient came to what was booked.</param>
/// <param name="WentTo">What the disposition must say where it is asked whether, or how often, the patient went there; empty when it is not.</param>
/// <param name="DiedThere">True when it is asked whether one ended with the patient's death.</param>
/// <param name="ChoosesWay">True when it is asked by which of several ways the patient came.</param>
/// <param name="LeftOut">The kind of stay whose places are left out of wards, or null.</param>
internal sealed record VisitAsks(bool IsFinished, bool TurnsUp, IReadOnlyList<string> WentTo, bool DiedThere, bool ChoosesWay, RecordKind? LeftOut)
{
    /// <summary>Nothing of it.</summary>
    public static VisitAsks None { get; } = new(false, false, [], false, false, null);

    /// <summary>Reads it; the words are claimed, and topics that they take up leave the list.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="topics">What its words are about.</param>
    /// <param name="lexicon">The topics that there are.</param>
    /// <param name="isMissed">Whether appointments that were not kept are asked for.</param>
    public static VisitAsks Read(QuestionText question, List<TopicMention> topics, PlannerLexicon lexicon, bool isMissed)
    {
        if (isMissed && !topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Appointment]))
            topics.Add(new TopicMention(new TokenSpan(0, 1), lexicon.FindTopic("appointment")!));

        var turnsUp = !isMissed && Phrase.Take(question, "turn|turned|show|showed up for", "turn|turned|show|showed up at", "turn|turned|show|showed up");
        var isFinished = FinishedReader.Read(question, topics);
        var diedThere = DeathReader.Read(question, topics);
        var choosesWay = ArrivalReader.Read(question, topics, lexicon);
        var wentTo = DestinationReader.Read(question, topics, lexicon);
        var leftOut = ExclusionReader.ReadOfWards(question, topics);
        InclusionReader.Read(question, topics);
        return new VisitAsks(isFinished, turnsUp, wentTo, diedThere, choosesWay, leftOut);
    }
}
