using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>When in the day and how often a medicine is taken, as people ask for it and as instructions write it.</summary>
internal static class TimesOfDay
{
    private static readonly (string[] Asked, string[] Written)[] s_times =
    [
        (["at bedtime", "before bed", "before going to bed", "bedtime", "at night", "at night time", "at nighttime", "night time", "nighttime", "last thing at night", "nightly", "nocte", "before sleep", "for the night"], ["bedtime", "night", "nightly", "qhs", "hs", "nocte"]),
        (["in the morning", "in the mornings", "every morning", "each morning", "mornings", "morning", "qam", "mane"], ["morning", "qam", "am", "breakfast", "mane"]),
        (["in the evening", "in the evenings", "every evening", "each evening", "evening", "evenings", "at teatime"], ["evening", "qpm", "pm", "dinner", "supper"]),
        (["at lunch", "at lunchtime", "at noon", "at midday", "lunchtime", "midday", "in the afternoon"], ["noon", "midday", "lunch", "afternoon"]),
        (["with food", "with meals", "with each meal", "with every meal", "with her|his|my meals", "with main meals", "with each main meal", "at mealtimes", "at meal times", "at each meal", "after meals", "with a meal", "mealtime", "before meals"],
            ["with food", "meal", "meals", "mealtimes", "with breakfast"]),
        (["before breakfast", "on an empty stomach", "before food"], ["before breakfast", "empty stomach", "before food", "before meals"]),
        (["twice a day", "twice daily", "two times a day", "two times daily", "bid", "bd", "2x daily", "2x a day"], ["twice daily", "twice a day", "two times a day", "2 times daily", "bid", "bd", "2 per 1 d", "every 12 hours", "every twelve hours"]),
        (["three times a day", "three times daily", "tid", "tds", "thrice daily"], ["three times a day", "three times daily", "3 times daily", "tid", "tds", "3 per 1 d", "every 8 hours", "every eight hours"]),
        (["four times a day", "four times daily", "qid", "qds"], ["four times a day", "four times daily", "4 times daily", "qid", "qds", "4 per 1 d", "every 6 hours", "every six hours"]),
        (["once a day", "once daily", "one time a day", "qd", "od", "every day", "each day", "daily"], ["once daily", "once a day", "daily", "every day", "qd", "1 per 1 d", "every morning", "every evening", "at bedtime"]),
        (["once a week", "once weekly", "weekly", "every week"], ["once weekly", "once a week", "weekly", "every week", "1 per 1 wk"]),
    ];

    /// <summary>The first that the question names, claimed, as instructions write it; null when it names none.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="isHowOften">Whether it is how often, not when in the day.</param>
    public static string[]? Read(QuestionText question, out bool isHowOften)
    {
        isHowOften = false;
        foreach (var (asked, written) in s_times)
        {
            if (Phrase.Find(question, asked) is not { } span || !question.IsFree(span))
                continue;

            question.Claim(span);
            isHowOften = asked.Any(words => words.EndsWith("daily", StringComparison.Ordinal) || words.EndsWith("weekly", StringComparison.Ordinal));
            for (var i = 0; i < question.Count; i++)
                if (question[i] is "or" or "once" or "twice" && !question.IsClaimed(i))
                    question.Claim(new TokenSpan(i, 1));
            return written;
        }

        return null;
    }
}
