using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Splits a compound question into clauses that each stand alone.</summary>
internal static partial class ClauseSplitter
{
    /// <summary>The clauses, none of them blank.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var clauses = new List<string>();
        var pending = "";
        foreach (var part in Boundary().Split(text).Select(part => part.Trim()).Where(part => part.Any(char.IsLetterOrDigit)))
        {
            // "When and why was she admitted": an interrogative alone belongs to what follows.
            if (!part.Contains(' ', StringComparison.Ordinal) && Interrogative().IsMatch(part))
            {
                pending = $"{pending}{part} and ";
                continue;
            }

            clauses.Add(pending + part);
            pending = "";
        }

        if (pending.Length > 0)
            clauses.Add(pending[..^" and ".Length]);
        return clauses;
    }

    [GeneratedRegex("^(?:what|when|which|who|why|where|how)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Interrogative();

    [GeneratedRegex(@"\?\s+(?=\S)|,?\s+and\s+(?=(?:what|when|which|who|why|where|how|did|does|has|have|was|were|is|are)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Boundary();
}
