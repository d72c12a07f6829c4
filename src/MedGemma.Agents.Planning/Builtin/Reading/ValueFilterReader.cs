using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Finds "above 9", "at least 140 mg/dL", "normal" and "abnormal".</summary>
internal static partial class ValueFilterReader
{
    /// <summary>Reads and claims the first comparison with a bound.</summary>
    public static ValueFilter? Read(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if (question[i] is "normal" or "abnormal" && question[i + 1] is not ("range" or "saline" or "limits" or "pregnancy" or "pregnancies" or "delivery" or "deliveries"))
            {
                question.Claim(new TokenSpan(i, 1));
                return new ValueFilter(question[i] == "normal" ? ValueComparison.Normal : ValueComparison.Abnormal, 0, null);
            }

            // "Sodium ok?": by the record's own range, as "normal".
            if (question[i] is "ok" or "okay" or "alright" or "wnl" && (i + 1 == question.Count || question[i + 1] is "last" or "now" or "at"))
            {
                question.Claim(new TokenSpan(i, 1));
                return new ValueFilter(ValueComparison.Normal, 0, null);
            }

            if (ReadRange(question, i) is { } range)
            {
                question.Claim(range.Span);
                return new ValueFilter(range.Comparison, 0, null);
            }

            if (ReadComparison(question, i, out var words) is { } comparison
                && ReadBound(question, i + words, out var bound, out var unit, out var after))
            {
                question.Claim(new TokenSpan(i, after - i));
                return new ValueFilter(comparison, bound, unit);
            }
        }

        return null;
    }

    private static (TokenSpan Span, ValueComparison Comparison)? ReadRange(QuestionText question, int at)
    {
        ValueComparison? comparison = question[at] switch
        {
            "within" or "in" or "inside" => ValueComparison.Normal,
            "outside" => ValueComparison.Abnormal,
            "out" when question[at + 1] is "of" => ValueComparison.Abnormal,
            _ => null,
        };
        if (comparison is null)
            return null;

        var end = at + (question[at] is "out" ? 2 : 1);
        while (question[end] is "the" or "its" or "normal" or "reference")
            end++;
        return question[end] is "range" or "limits" ? (new TokenSpan(at, end + 1 - at), comparison.Value) : null;
    }

    private static ValueComparison? ReadComparison(QuestionText question, int at, out int words)
    {
        var next = question[at + 1];
        (ValueComparison? comparison, words) = question[at] switch
        {
            "greater" or "higher" or "more" or "larger" when next is "than" => (ValueComparison.Above, 2),
            "less" or "lower" or "smaller" when next is "than" => (ValueComparison.Below, 2),
            "at" when next is "least" => (ValueComparison.AtLeast, 2),
            "at" when next is "most" => (ValueComparison.AtMost, 2),
            "above" or "over" or "exceed" or "exceeded" or "exceeding" or "exceeds" => (ValueComparison.Above, 1),
            "below" or "under" => (ValueComparison.Below, 1),
            "reach" or "reached" or "reaches" or "hit" => (ValueComparison.AtLeast, 1),
            "equal" when next is "to" => (ValueComparison.Equal, 2),
            _ => ((ValueComparison?)null, 0),
        };
        return comparison;
    }

    private static bool ReadBound(QuestionText question, int at, out decimal bound, out string? unit, out int after)
    {
        bound = 0;
        unit = null;
        after = at;
        if (at >= question.Count || question.IsClaimed(at))
            return false;

        var match = NumberAndUnit().Match(question.Text, question.Tokens[at].Start);
        if (!match.Success || match.Index != question.Tokens[at].Start
            || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out bound))
            return false;

        unit = match.Groups["unit"] is { Success: true } written ? written.Value : null;
        var end = match.Index + match.Length;
        while (after < question.Count && question.Tokens[after].Start < end)
            after++;

        return unit is not null || after >= question.Count || question[after] is not ("days" or "weeks" or "months" or "years" or "times");
    }

    [GeneratedRegex(@"(?<number>[0-9]+(?:\.[0-9]+)?)\s*(?<unit>%|[a-zA-Zµ]+/[a-zA-Z0-9.]+|mm\s?Hg|kg|lbs?|cm|bpm|Cel|degF|°?[CF]\b)?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex NumberAndUnit();
}
