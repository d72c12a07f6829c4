using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Splits a compound question into clauses that each stand alone.</summary>
internal static partial class ClauseSplitter
{
    /// <summary>The clauses, none of them blank.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        [.. Boundary().Split(text).Select(part => part.Trim()).Where(part => part.Any(char.IsLetterOrDigit))];

    [GeneratedRegex(@"\?\s+(?=\S)|,?\s+and\s+(?=(?:what|when|which|who|how|did|does|has|have|was|were|is|are)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Boundary();
}
