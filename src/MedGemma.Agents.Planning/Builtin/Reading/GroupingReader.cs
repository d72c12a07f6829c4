using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds what results are wanted for each of: "per year", "by month", "in each admission", "yearly".</summary>
internal static class GroupingReader
{
    /// <summary>Reads and claims the words; null when one result is wanted.</summary>
    public static GroupKey? Read(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if (question[i] is "per" or "each" or "every" or "by" && KeyOf(question[i + 1]) is { } key && !question.IsClaimed(i + 1))
            {
                // "By year 2020" bounds, and "each day" of a dose is a frequency.
                if (question[i] is "by" && (question[i + 1] is "visit" or "encounter" || (question[i + 2].Length > 0 && question[i + 2].All(char.IsDigit))))
                    continue;

                var first = question[i - 1] is "in" or "for" or "during" or "at" or "on" or "of" && !question.IsClaimed(i - 1) ? i - 1 : i;
                question.Claim(new TokenSpan(first, i + 2 - first));
                return key;
            }

            if (question[i] is "yearly" or "annual" or "annually" or "monthly" && question[i + 1] is not ("check" or "exam" or "examination" or "visit" or "physical" or "review"))
            {
                question.Claim(new TokenSpan(i, 1));
                return question[i] is "monthly" ? GroupKey.Month : GroupKey.Year;
            }

            if (question[i] is "year" or "month" or "day" && question[i + 1] is "by" or "on" && question[i + 2] == question[i])
            {
                question.Claim(new TokenSpan(i, 3));
                return KeyOf(question[i]);
            }
        }

        return null;
    }

    /// <summary>"Creatinine checks per year": how many there were of each.</summary>
    public static bool CountsChecks(QuestionText question)
    {
        for (var i = 1; i + 1 < question.Count; i++)
            if (question[i] is "per" or "each" or "every" or "by" && KeyOf(question[i + 1]) is not null && question[i - 1] is "checks" or "tests" or "measurements" or "draws" or "samples" or "visits" or "admissions" or "attendances")
                return true;

        return false;
    }

    private static GroupKey? KeyOf(string word) => word switch
    {
        "year" => GroupKey.Year,
        "month" => GroupKey.Month,
        "day" => GroupKey.Day,
        "admission" or "stay" or "hospitalization" or "hospitalisation" or "encounter" or "visit" => GroupKey.Encounter,
        _ => null,
    };
}
