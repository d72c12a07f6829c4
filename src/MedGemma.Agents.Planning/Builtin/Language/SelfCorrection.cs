using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Takes the question that the asker comes to: "How long ago... I mean, on what date was it started?" asks for the date. What was said before and is not kept says nothing.</summary>
internal static partial class SelfCorrection
{
    /// <summary>The text from where the asker starts anew; unchanged where that is no whole question.</summary>
    public static string Apply(string text)
    {
        var marks = Mark().Matches(text);
        return marks.Count > 0 && text[(marks[^1].Index + marks[^1].Length)..] is var anew && Opening().IsMatch(anew) ? anew : text;
    }

    [GeneratedRegex(@"(?:^|[\s.…,;?!–—-])\s*(?:(?:no|sorry|well|rather|or)\s*,?\s+)*(?:i\s+mean(?:t)?|let\s+me\s+rephrase(?:\s+that)?|scratch\s+that|correction|or\s+rather|no\s+wait|sorry)\s*[,:;.…–—-]*\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^(?:(?:on|at|in|by|for|from|since|to|with)\s+)?(?:what|which|when|who|whom|whose|why|where|how|is|are|was|were|does|do|did|has|have|had|list|show|give|name)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Opening();
}
