using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>The units that lengths of time are asked for in, and the words that say that only completed ones count.</summary>
internal static class LengthWords
{
    /// <summary>The UCUM unit of a word, or null when it is no unit of time.</summary>
    public static string? UnitOf(string? word) => word switch
    {
        "minutes" or "minute" or "mins" or "min" => "min",
        "hours" or "hour" or "hrs" or "hr" => "h",
        "days" or "day" => "d",
        "nights" or "night" => "{night}",
        "weeks" or "week" or "wks" => "wk",
        "months" or "month" => "mo",
        "years" or "year" or "yrs" => "a",
        _ => null,
    };

    /// <summary>Whether a word is the plural of a unit: what is counted, not the one before the last.</summary>
    public static bool IsUnit(string word) => word is "minutes" or "mins" or "hours" or "hrs" or "days" or "nights" or "weeks" or "wks" or "months" or "years" or "yrs";

    /// <summary>"Whole days", "completed months", "full years".</summary>
    public static bool IsWhole(string word) => word is "whole" or "full" or "complete" or "completed" or "entire";

    /// <summary>Claims what says how the length is to be given: "in whole days", "(completed months)", "rounded down", "24-hour periods".</summary>
    /// <returns>The unit, or null when none is said so, and whether only completed ones count.</returns>
    public static (string? Unit, bool Whole) TakeRequest(QuestionText question)
    {
        var (unit, whole) = ((string?)null, false);
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if (question[i] is "rounded" && question[i + 1] is "down")
            {
                whole = true;
                question.Claim(new TokenSpan(i, 2));
            }
            else if (question[i] is "24" && question[i + 1] is "hour" && question[i + 2] is "periods" or "period" or "blocks")
            {
                whole = true;
                question.Claim(new TokenSpan(i, IsWhole(question[i + 3]) ? 4 : 3));
            }
            else if (IsUnit(question[i]) && IsSaidAside(question, i, out var first, out var after))
            {
                unit = question[i - 1] is "calendar" ? "{night}" : UnitOf(question[i]);
                whole |= Enumerable.Range(first, after - first).Any(at => IsWhole(question[at]));
                question.Claim(new TokenSpan(first, after - first));
            }
        }

        return (unit, whole);
    }

    /// <summary>Whether a unit stands by itself behind the question: "in days", "(hours)", ", completed months".</summary>
    private static bool IsSaidAside(QuestionText question, int at, out int first, out int after)
    {
        first = at;
        while ((IsWhole(question[first - 1]) || question[first - 1] is "calendar") && !question.IsClaimed(first - 1))
            first--;
        var isIntroduced = question[first - 1] is "in" or "as" && !question.IsClaimed(first - 1);
        var isAside = first > 0 && question.Gap(first).AsSpan().IndexOfAny("(,-:;") >= 0;
        after = at + 1;
        while (IsWhole(question[after]) && !question.IsClaimed(after))
            after++;
        var isEnd = after == question.Count || question.Gap(after).AsSpan().IndexOfAny("(),;") >= 0 || question[after] is "rounded" or "please" or "is";
        if (isIntroduced)
            first--;
        return (isIntroduced || isAside) && isEnd;
    }
}
