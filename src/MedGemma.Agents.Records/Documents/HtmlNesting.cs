using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Documents;

/// <summary>Tells before HTML is parsed whether it holds more elements, or more within each other, than a page does: the time that parsers take grows with the square of the depth.</summary>
internal static class HtmlNesting
{
    private const int MostTags = 400_000;
    private const int Deepest = 1000;

    /// <summary>Elements that hold none, or that the next of their kind ends (HTML, 13.1.2.4), so that those left open are no nesting.</summary>
    private static readonly FrozenSet<string> s_endedByThemselves = new[]
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
        "option", "optgroup", "rt", "rp", "html", "head", "body",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is too much to be read.</summary>
    public static bool IsTooMuch(ReadOnlySpan<char> html)
    {
        var names = s_endedByThemselves.GetAlternateLookup<ReadOnlySpan<char>>();
        var (tags, depth) = (0, 0);
        for (var at = html.IndexOf('<'); at >= 0; at = Next(html, at))
        {
            if (++tags > MostTags)
                return true;

            var after = html[(at + 1)..];
            var isEnd = after.StartsWith("/");
            var name = NameAt(isEnd ? after[1..] : after);
            if (name.IsEmpty || names.Contains(name))
                continue;

            depth = isEnd ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > Deepest)
                return true;
        }

        return false;
    }

    private static int Next(ReadOnlySpan<char> html, int at)
    {
        var next = html[(at + 1)..].IndexOf('<');
        return next < 0 ? -1 : at + 1 + next;
    }

    private static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is ':' or '-'))
            length++;
        return text[..length];
    }
}
