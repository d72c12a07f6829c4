using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Finds the unit that a question wants its numbers in: "the last glucose in mmol/L", "in pounds?".</summary>
internal sealed partial class UnitRequestReader(IUnitConverter units)
{
    /// <summary>Reads and claims the request.</summary>
    public string? Read(QuestionText question)
    {
        foreach (Match match in Request().Matches(question.Text))
        {
            var unit = match.Groups["unit"];
            var name = unit.Value.TrimEnd('.');
            var first = FirstTokenFrom(question, unit.Index);
            var after = FirstTokenFrom(question, unit.Index + unit.Length);
            if (after <= first || !units.IsKnown(name) || !question.IsFree(new TokenSpan(first, after - first)) || IsWord(name))
                continue;

            question.Claim(new TokenSpan(first, after - first));
            return name;
        }

        return null;
    }

    /// <summary>"How many mg/dL did it change", "how many mmol/L is it": the value is asked for, in that unit. Claims the words.</summary>
    public string? ReadHowMany(QuestionText question)
    {
        if (HowMany().Match(question.Text) is not { Success: true } match)
            return null;

        var unit = match.Groups["unit"];
        var first = FirstTokenFrom(question, match.Index);
        var after = FirstTokenFrom(question, unit.Index + unit.Length);
        if (!units.IsKnown(unit.Value) || !question.IsFree(new TokenSpan(first, after - first)))
            return null;

        question.Claim(new TokenSpan(first, after - first));
        return unit.Value;
    }

    [GeneratedRegex(@"\bhow\s+many\s+(?<unit>[A-Za-zµ]{1,8}/[A-Za-z0-9.]{1,8})(?=\s|\?|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HowMany();

    // "in a" and "in h" are words before they are units; what follows the comma of "1,390" is none.
    private static bool IsWord(string unit) => char.IsAsciiDigit(unit[0]) || unit is "second" or "a" or "A" or "h" or "d" or "C" or "F" or "at";

    private static int FirstTokenFrom(QuestionText question, int character)
    {
        for (var i = 0; i < question.Count; i++)
            if (question.Tokens[i].Start >= character)
                return i;

        return question.Count;
    }

    [GeneratedRegex(@"(?:(?:\b(?:in|as)\s+|[,(]\s*)(?<unit>[^\s?,;()]+(?:\s?Hg)?)|\s(?<unit>[A-Za-zµ]{1,5}/(?:[dm]?[Ll]|mol)))(?=\s*(?:[?.!,;)]|$|please\b|latest\b|last\b|now\b|most\b|from\b|between\b|since\b|over\b|on\b|at\b|for\b|before\b|after\b|until\b|during\b))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Request();
}
