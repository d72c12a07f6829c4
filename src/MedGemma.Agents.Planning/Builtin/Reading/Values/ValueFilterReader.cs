using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

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

            if (question[i] is "normal" or "abnormal" && !NamesRange(question, i) && question[i + 1] is not ("range" or "ranges" or "interval" or "reference" or "bound" or "limit" or "saline" or "limits" or "pregnancy" or "pregnancies" or "delivery" or "deliveries"))
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

            if (ReadBetween(question, i) is { } between)
            {
                question.Claim(between.Span);
                return between.Filter;
            }

            if (ReadCompared(question, i) is { } compared)
            {
                // "When did it first fall below 7": the verb says no more than the bound.
                var verb = ChangeWords.ReadAt(at => question.IsClaimed(at) ? "" : question[at], i - 1) is { Words: 1 } || question[i - 1] is "go" or "went" or "gone" or "goes" ? 1 : 0;
                question.Claim(new TokenSpan(compared.Span.First - verb, compared.Span.Count + verb));
                return compared.Filter;
            }
        }

        return null;
    }

    /// <summary>"The upper limit of normal", "the normal values for potassium", "what is considered normal for it": the range is asked for, not what lies in it.</summary>
    private static bool NamesRange(QuestionText question, int at) =>
        (question[at - 1] is "of" && question[at - 2] is "limit" or "limits" or "end" or "bound" or "range") || (question[at + 1] is "value" or "values" or "level" or "levels" && question[at + 2] is "for")
        || (question[at + 1] is "for" && question[at - 1] is "is" or "s" or "be" or "considered" or "as" && question.Tokens.Any(token => token.Word is "what"));

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
            return ReadSide(question, at);

        var end = at + (question[at] is "out" ? 2 : 1);
        while (question[end] is "the" or "its" or "normal" or "reference")
            end++;
        return question[end] is "range" or "limits" ? (new TokenSpan(at, end + 1 - at), comparison.Value) : null;
    }

    /// <summary>"Above the upper limit of normal", "below the reference range", "over the ULN".</summary>
    private static (TokenSpan Span, ValueComparison Comparison)? ReadSide(QuestionText question, int at)
    {
        ValueComparison? comparison = question[at] switch
        {
            "above" or "over" or "exceed" or "exceeded" or "exceeds" or "exceeding" => ValueComparison.AboveRange,
            "below" or "under" => ValueComparison.BelowRange,
            _ => null,
        };
        var end = at + 1;
        while (question[end] is "the" or "its" or "upper" or "lower" or "normal" or "reference" or "lab" or "labs" or "laboratory" or "s" or "of")
            end++;
        if (question[end] is "range" or "limit" or "limits" or "uln" or "lln")
            end++;
        if (question[end] is "of" && question[end + 1] is "normal" or "reference")
            end += 2;
        return comparison is { } side && question[end - 1] is "range" or "limit" or "limits" or "uln" or "lln" or "normal" ? (new TokenSpan(at, end - at), side) : null;
    }

    private static (TokenSpan Span, ValueFilter Filter)? ReadCompared(QuestionText question, int at)
    {
        string Word(int index) => index < question.Count && question.IsClaimed(index) ? "" : question[index];
        var before = Comparisons.ReadBefore(Word, at);
        var number = at + (before?.Words ?? 0);
        if (!ReadBound(question, number, out var bound, out var unit, out var after))
            return null;

        // "6.0 or higher"; "3 or more admissions" counts things.
        var behind = Comparisons.ReadAfter(Word, after) is { } found && !CountsThings(question, after + found.Words) ? found : ((ValueComparison Comparison, int Words)?)null;
        if (behind is { } one && (before is null || IsSameSide(before.Value.Comparison, one.Comparison)))
            return (new TokenSpan(at, after + one.Words - at), new ValueFilter(one.Comparison, bound, unit));

        return before is { } said ? (new TokenSpan(at, after - at), new ValueFilter(said.Comparison, bound, unit)) : null;
    }

    /// <summary>"Between 1.5 and 1.7", "within 140-180", "outside 70 to 180"; the times of the question are claimed already.</summary>
    private static (TokenSpan Span, ValueFilter Filter)? ReadBetween(QuestionText question, int at)
    {
        if (question[at] is not ("between" or "outside" or "within"))
            return null;

        var first = question[at + 1] is "the" or "a" ? at + 2 : at + 1;
        if (question[first] is "range")
            first += question[first + 1] is "of" ? 2 : 1;
        if (!ReadBound(question, first, out var low, out var unit, out var after))
            return null;

        var joined = question[after] is "and" or "to" or "through" || question.Gap(after).Trim() is "-" or "–";
        var next = question[after] is "and" or "to" or "through" ? after + 1 : after;
        if (!joined || !ReadBound(question, next, out var high, out var upperUnit, out var end) || high < low || question[end] is "am" or "pm" or "hours" or "o")
            return null;

        return (new TokenSpan(at, end - at), new ValueFilter(question[at] is "outside" ? ValueComparison.Outside : ValueComparison.Between, low, upperUnit ?? unit, high));
    }

    private static bool IsSameSide(ValueComparison one, ValueComparison other) =>
        (one is ValueComparison.Above or ValueComparison.AtLeast) == (other is ValueComparison.Above or ValueComparison.AtLeast);

    private static bool CountsThings(QuestionText question, int at) =>
        question[at].Length > 3 && question[at][^1] == 's' && question.Gap(at) == " " && question[at] is not ("does" or "this" or "always" or "has" or "was" or "his");

    private static bool ReadBound(QuestionText question, int at, out decimal bound, out string? unit, out int after)
    {
        bound = 0;
        unit = null;
        after = at;
        if (at >= question.Count || question.IsClaimed(at))
            return false;

        var match = NumberAndUnit().Match(question.Text, question.Tokens[at].Start);
        if (!match.Success || match.Index != question.Tokens[at].Start
            || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out bound))
            return false;

        unit = match.Groups["unit"] is { Success: true } written ? written.Value : null;
        var end = match.Index + match.Length;
        while (after < question.Count && question.Tokens[after].Start < end)
            after++;

        return unit is not null || after >= question.Count || (question[after] is "years" or "year" && question[after + 1] is "old" or "of") || question[after] is not ("days" or "weeks" or "months" or "years" or "times" or "hours" or "minutes" or "day" or "week" or "month" or "year" or "hour");
    }

    [GeneratedRegex(@"(?<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)\s*(?<unit>%|[a-zA-Zµ]+/[a-zA-Z0-9.]+|mm\s?Hg|kg|lbs?|cm|bpm|Cel|degF|°?[CF]\b)?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NumberAndUnit();
}
