using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>
/// Takes a remark on the sign of a difference out of a question that asks for one: "(latest minus previous)", "Latest minus previous, kg.". A difference is always told as the later value less
/// the earlier, so that such a remark asks for nothing more; the other way round it stays in the question.
/// </summary>
internal static class SignRemark
{
    private const string Later = @"(?:latest|last|newest|most\s+recent|current|new|later|final|second|today's)";

    private const string Before = @"(?:previous|prior|earlier|one\s+before|preceding|penultimate|last\s+but\s+one|last-but-one)";

    private const string First = @"(?:first|earliest|oldest|initial)";

    private const string Thing = @"(?:\s+(?:one|value|result|reading|measurement))?";

    private static readonly Regex s_remark = new(
        @"(?:[(,;:.?]|\s[-–])\s*(?:i\.?e\.?,?\s+)?(?:the\s+)?" + Later + Thing + @"\s+(?:minus|less|-|–)\s+(?:the\s+)?(?:(?<before>" + Before + @")|" + First + @")\b" + Thing + @"(?:\s*,?\s*(?:in\s+)?(?<unit>[A-Za-zµ%/]{1,8}))?\s*[.)?]*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex s_change = new(
        @"\b(?:chang\w*|differ\w*|delta|gain\w*|los[te]\w*|loss|rise\w*|rose|fall\w*|fell|drop\w*|mov\w+|increas\w*|decreas\w*|shift\w*|up|down)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex s_twoLast = new(@"\b(?:previous|prior|last|one\s+before|penultimate|preceding)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The question without the remark; a unit that it names is asked for.</summary>
    public static string Remove(string text)
    {
        if (!text.Contains("minus", StringComparison.OrdinalIgnoreCase) && !text.Contains(" less ", StringComparison.OrdinalIgnoreCase))
            return text;

        var match = s_remark.Match(text);
        if (!match.Success || !s_change.IsMatch(text[..match.Index]))
            return text;

        // "Latest minus previous" says which two, where the question does not.
        var head = text[..match.Index];
        if (match.Groups["before"].Success && !s_twoLast.IsMatch(head))
            head = $"{head} between the last two";
        return match.Groups["unit"] is { Success: true } unit ? $"{head} in {unit.Value}?" : $"{head}?";
    }
}
