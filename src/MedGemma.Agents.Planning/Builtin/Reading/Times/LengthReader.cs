using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Finds the lengths that stand before an event: "within 30 days of", "in the week before", "6 months after".</summary>
internal static class LengthReader
{
    // Longer than any life.
    private const double LongestDays = 200 * 366;

    /// <summary>Reads and claims them.</summary>
    /// <returns>By the index of the preposition of the event: the first token, and the length of the stretch, or null when the words name no stretch ("6 months after").</returns>
    public static Dictionary<int, (int First, TimeSpan? Length)> Read(QuestionText question)
    {
        var found = new Dictionary<int, (int, TimeSpan?)>();
        for (var i = 1; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question.IsClaimed(i - 1) || Unit(question[i - 1]) is not { } unit || question[i] is not ("before" or "after" or "of" or "from" or "following" or "preceding" or "prior" or "since"))
                continue;

            var first = i - 1;
            var count = 1;
            if (Numbers.TryCardinal(question[first - 1], out var number) && !question.IsClaimed(first - 1))
                (count, first) = (number, first - 1);
            if (unit.TotalDays * count > LongestDays)
                continue;

            var isFirst = question[first - 1] is "first" && !question.IsClaimed(first - 1);
            if (isFirst || (question[first - 1] is "last" && !question.IsClaimed(first - 1)))
                first--;
            if (question[first - 1] is "the" && !question.IsClaimed(first - 1))
                first--;

            var isStretch = question[first - 1] is "within" or "in" or "inside" or "during" or "over" && !question.IsClaimed(first - 1);
            if (question[i] is "of" or "from" && !(isStretch && (isFirst || question[first - 1] is "within" or "inside")))
                continue;

            // "How many days after" asks for the length, "each year since" for groups.
            if (question[first - 1] is "many" or "per" or "each" or "every" or "by" or "calendar" || first == i - 1 && question[first] is not ("day" or "week" or "month" or "year" or "hour"))
                continue;

            first = isStretch ? first - 1 : first;
            question.Claim(new TokenSpan(first, i - first));
            found.Add(i, (first, isStretch ? unit * count : null));
        }

        return found;
    }

    private static TimeSpan? Unit(string word) => word switch
    {
        "hour" or "hours" => TimeSpan.FromHours(1),
        "day" or "days" => TimeSpan.FromDays(1),
        "week" or "weeks" => TimeSpan.FromDays(7),
        "month" or "months" => TimeSpan.FromDays(30),
        "year" or "years" => TimeSpan.FromDays(365),
        _ => null,
    };
}
