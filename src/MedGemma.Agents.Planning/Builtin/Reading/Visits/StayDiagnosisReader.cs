using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>
/// Reads which stay the diagnoses or the coded procedures of a question are of: "discharge diagnoses", "the ED diagnosis", "coded for the hospital stay", "what did he leave hospital with". They are those
/// that the stay is recorded for. Where no stay is said to be meant it is the last of the kind, and the answer says which.
/// </summary>
internal static class StayDiagnosisReader
{
    private static readonly string[] s_between = ["of", "for", "from", "at", "in", "on", "with", "to", "by", "during", "the", "his", "her", "my", "that", "this", "latest", "last", "most", "recent", "current", "present", "his", "coded", "recorded", "made", "given", "left", "out"];

    /// <summary>The stay as an anchor, its words taken away, or null when none is named or it is asked for itself.</summary>
    public static AnchorMention? Read(QuestionText question, List<TopicMention> topics, List<ConceptMention> concepts, bool isDated)
    {
        if (concepts.Count > 0 || isDated || !topics.Exists(IsOfStay) || topics.Exists(mention => mention.Topic is { Rank: > 4 } && !IsStay(mention) && !IsOfStay(mention)))
            return null;

        var stays = topics.FindAll(IsStay);
        if (stays.Count == 0 || question.Tokens.Any(token => token.Word is "each" or "every" or "all" or "first" or "previous" or "second" or "before" or "after" or "since" or "reason" or "why" or "longest") || stays.Exists(mention => question[mention.Span.First - 1] is "any"))
            return null;

        DropLeftOut(question, topics, stays);
        if (stays.Count == 0)
            return null;

        // "The inpatient stay", "ED stay (ED only)": one stay, told twice.
        var stay = stays.Find(mention => mention.Topic.Kinds is not [RecordKind.HospitalStay]) ?? stays.Find(mention => mention.Topic.Element is null) ?? stays[0];
        if (stays.Exists(other => other.Topic.Kinds is [RecordKind.EmergencyVisit or RecordKind.IcuStay] && !other.Topic.Kinds.SequenceEqual(stay.Topic.Kinds)) || stays.Exists(mention => mention.Topic.Special is "readmission" || SettingReader.IsWhatHappened(question, mention) && question[mention.Span.First] is not "admission"))
            return null;

        foreach (var other in stays)
        {
            topics.Remove(other);
            question.Claim(other.Span);
            for (var at = other.Span.First - 1; s_between.Contains(question[at]) && !question.IsClaimed(at); at--)
                question.Claim(new TokenSpan(at, 1));
            for (var at = other.Span.After; question[at] is "only" or "itself" or "alone" or "stay" or "visit" or "encounter" or "admission" && !question.IsClaimed(at); at++)
                question.Claim(new TokenSpan(at, 1));
        }

        var which = question.Slice(stay.Span);
        var topic = stay with { Topic = stay.Topic with { Element = null } };
        return new AnchorMention(AnchorRelation.During, new EventMention(topic, null, new LatestAggregate(), EventEdge.Start, null, stay.Span, which), $"during the {which}");
    }

    /// <summary>"(ED codes left out)", "not the ED": the diagnoses of another stay are those of another.</summary>
    private static void DropLeftOut(QuestionText question, List<TopicMention> topics, List<TopicMention> stays)
    {
        foreach (var stay in stays.ToArray())
        {
            var after = stay.Span.After;
            while (question[after] is "codes" or "coded" or "diagnoses" or "ones" or "diagnosis" or "are" or "visit" or "stay")
                after++;
            var before = stay.Span.First - 1;
            while (question[before] is "the" or "any" or "of" or "from" or "in")
                before--;
            var isBehind = question[after] is "excluded" or "omitted" or "ignored" || question[after] is "left" && question[after + 1] is "out" || question[after] is "not" && question[after + 1] is "counted" or "included";
            if (!isBehind && question[before] is not ("not" or "without" or "excluding" or "except"))
                continue;

            var first = isBehind ? stay.Span.First : before;
            var end = isBehind ? question[after] is "left" or "not" ? after + 2 : after + 1 : stay.Span.After;
            var whole = new TokenSpan(first, end - first);
            stays.Remove(stay);
            topics.Remove(stay);
            topics.RemoveAll(mention => mention.Topic.Rank <= 4 && whole.Contains(mention.Span) && topics.Exists(other => other != mention && other.Topic == mention.Topic));
            question.Claim(whole);
        }
    }

    private static bool IsOfStay(TopicMention mention) => mention.Topic.Name is "diagnosis" or "coded procedure" or "operation";

    private static bool IsStay(TopicMention mention) => mention.Topic.Kinds.Count > 0 && mention.Topic is { Rank: > 3, Element: null or ResultElement.End, Concept: null }
        && mention.Topic.Kinds is [RecordKind.HospitalStay or RecordKind.EmergencyVisit or RecordKind.IcuStay or RecordKind.OutpatientVisit] && KindFamilies.AreStays(mention.Topic.Kinds);
}
