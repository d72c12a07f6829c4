using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds within how many days of a discharge a readmission is meant.</summary>
internal static class ReadmissionReader
{
    /// <summary>The days of the usual measure (CMS Hospital Readmissions Reduction Program, https://www.cms.gov/medicare/quality/value-based-programs/hospital-readmissions).</summary>
    public const int UsualDays = 30;

    /// <summary>Reads and claims "within 30 days", "in less than two weeks"; null when the question is about no readmission.</summary>
    public static int? Read(QuestionText question, IReadOnlyList<TopicMention> topics)
    {
        if (!topics.Any(mention => mention.Topic.Special == "readmission"))
            return null;

        for (var i = 0; i + 1 < question.Count; i++)
        {
            if (question.IsClaimed(i) || !Numbers.TryCardinal(question[i], out var number) || number is < 1 or > 1000)
                continue;

            var unit = question[i + 1] switch
            {
                "day" or "days" => 1,
                "week" or "weeks" => 7,
                "month" or "months" => UsualDays,
                _ => 0,
            };
            if (unit == 0)
                continue;

            question.Claim(question[i - 1] is "below" or "under" or "within" && !question.IsClaimed(i - 1) ? new TokenSpan(i - 1, 3) : new TokenSpan(i, 2));
            if (question[i + 2] is "of" or "after" or "following" && question[i + 3] is "a" or "any" or "discharge" && !question.IsClaimed(i + 2))
                question.Claim(new TokenSpan(i + 2, 1));
            return number * unit;
        }

        return UsualDays;
    }
}
