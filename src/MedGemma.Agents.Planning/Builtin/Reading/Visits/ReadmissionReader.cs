using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Finds within how many days of a discharge a readmission is meant.</summary>
internal static class ReadmissionReader
{
    /// <summary>The days of the usual measure (CMS Hospital Readmissions Reduction Program, https://www.cms.gov/medicare/quality/value-based-programs/hospital-readmissions).</summary>
    public const int UsualDays = 30;

    /// <summary>Reads and claims "within 30 days", "in less than two weeks"; null when the question is about no readmission.</summary>
    public static int? Read(QuestionText question, List<TopicMention> topics)
    {
        var isReturn = false;
        if (!topics.Exists(mention => mention.Topic.Special == "readmission"))
        {
            // "Come back to the hospital within 30 days of a discharge".
            if (topics.Find(mention => mention.Topic.Name == "discharge" && IsAnyDischarge(question, mention.Span.First)) is not { } discharge
                || !topics.Exists(mention => mention != discharge && mention.Topic.Kinds is [RecordKind.HospitalStay] && mention.Topic.Element is null))
                return null;

            isReturn = true;
            topics.Remove(discharge);
            topics.RemoveAll(mention => mention.Topic.Kinds is [RecordKind.Appointment]);
        }

        for (var i = 0; i + 1 < question.Count; i++)
        {
            if (question.IsClaimed(i) || !Numbers.TryCardinal(question[i], out var number) || number is < 1 or > 1000)
                continue;

            var unit = question[i + 1] switch
            {
                "day" or "days" or "d" => 1,
                "week" or "weeks" => 7,
                "month" or "months" => UsualDays,
                _ => 0,
            };
            if (unit == 0)
                continue;

            question.Claim(question[i - 1] is "below" or "under" or "within" or "inside" && !question.IsClaimed(i - 1) ? new TokenSpan(i - 1, 3) : new TokenSpan(i, 2));
            ClaimLeaving(question, i + 2);
            return number * unit;
        }

        return isReturn ? null : UsualDays;
    }

    // "Within 30 days of a discharge", "in the 30 days after discharge"; "of the last discharge" is one event.
    private static bool IsAnyDischarge(QuestionText question, int at)
    {
        var before = question[at - 1] is "a" or "any" ? at - 2 : at - 1;
        return question[before] is "of" or "after" or "from" or "following" && question[before - 1] is "days" or "day" or "weeks" or "month" or "months" && Numbers.TryCardinal(question[before - 2], out _) && Enumerable.Range(Math.Max(0, before - 5), Math.Min(5, before)).Any(i => question[i] is "within" or "inside" or "in");
    }

    /// <summary>"Of discharge", "after a discharge", "of going home", "of being discharged": what the days are counted from is the end of a stay in any case.</summary>
    private static void ClaimLeaving(QuestionText question, int at)
    {
        if (question[at] is not ("of" or "after" or "following" or "from") || question.IsClaimed(at))
            return;

        var end = at + 1;
        while (question[end] is "a" or "any" or "the" or "being" or "her" or "his" or "their" or "my" && !question.IsClaimed(end))
            end++;
        // "Of the discharge on 25 November": of that one.
        if (question[end] is "discharge" or "discharged" or "discharges" && question.IsClaimed(end + 1) && !question.IsTopical(end + 1))
            return;

        if (question[end] is "discharge" or "discharged" or "discharges")
            question.Claim(new TokenSpan(at, end - at));
        else if (question[end] is "going" or "getting" or "returning" && question[end + 1] is "home")
            question.Claim(new TokenSpan(at, end + 2 - at));
        else if (question[end] is "leaving" && !question.IsClaimed(end))
            question.Claim(new TokenSpan(at, end + 1 - at));
    }
}
