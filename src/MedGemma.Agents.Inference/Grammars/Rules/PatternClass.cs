using System.Globalization;
using MedGemma.Agents.Inference.Grammars.Gbnf;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>The character classes of patterns.</summary>
internal static class PatternClass
{
    private static readonly CodePointSet Ascii = CodePointSet.Range(1, 0x7F);

    private static readonly CodePointSet Word = CodePointSet.Union(CodePointSet.Range('a', 'z'), CodePointSet.Range('A', 'Z'), CodePointSet.Range('0', '9'), CodePointSet.Of('_'));

    private static readonly CodePointSet White = CodePointSet.Of(' ', '\t', '\n', '\r', '\f', '\v');

    // What every dialect takes for one character; control characters are left to those who name them.
    private static readonly CodePointSet Basic = CodePointSet.Range(0x20, 0xFFFF).Intersect(CodePointSet.All);

    public static CodePointSet Dot { get; } = Basic.Except(CodePointSet.Of(0x85, 0x2028, 0x2029));

    /// <summary>Reads a class after its opening bracket, up to and with the closing one.</summary>
    public static CodePointSet Read(string pattern, ref int at)
    {
        var negated = at < pattern.Length && pattern[at] == '^';
        if (negated)
            at++;

        var set = CodePointSet.None;
        var shorthand = false;
        while (true)
        {
            if (at >= pattern.Length)
                throw new PatternException("a class is not closed");
            if (pattern[at] == ']')
                break;

            shorthand |= pattern[at] == '\\' && at + 1 < pattern.Length && pattern[at + 1] is 'd' or 'w' or 's';
            set = CodePointSet.Union(set, Item(pattern, ref at));
        }

        at++;

        // What is no \d, \w or \s beyond ASCII depends on the dialect.
        return negated ? (shorthand ? Basic.Intersect(Ascii) : Basic).Except(set) : set;
    }

    /// <summary>Reads an escape after its backslash.</summary>
    public static CodePointSet ReadEscape(string pattern, ref int at)
    {
        if (at >= pattern.Length)
            throw new PatternException("ends in a backslash");

        var letter = pattern[at++];
        return letter switch
        {
            'd' => JsonRules.Digits,
            'D' => Ascii.Except(JsonRules.Digits),
            'w' => Word,
            'W' => Ascii.Except(Word),
            's' => White,
            'S' => Ascii.Except(White),
            'n' => CodePointSet.Of('\n'),
            'r' => CodePointSet.Of('\r'),
            't' => CodePointSet.Of('\t'),
            'f' => CodePointSet.Of('\f'),
            'v' => CodePointSet.Of('\v'),
            'x' => CodePointSet.Of(Hexadecimal(pattern, ref at, 2)),
            'u' => CodePointSet.Of(Hexadecimal(pattern, ref at, 4)),
            _ when char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) => CodePointSet.Of(letter),
            _ => throw new PatternException($"\\{letter} is not supported"),
        };
    }

    private static CodePointSet Item(string pattern, ref int at)
    {
        var first = Single(pattern, ref at);
        if (at + 1 >= pattern.Length || pattern[at] != '-' || pattern[at + 1] == ']')
            return first;

        at++;
        var last = Single(pattern, ref at);
        if (Only(first) is not { } from || Only(last) is not { } to)
            throw new PatternException("a range must run from one character to another");

        return from <= to ? CodePointSet.Range(from, to).Intersect(CodePointSet.All) : throw new PatternException("a range runs backwards");
    }

    private static int? Only(CodePointSet set) => set.Ranges is [var only] && only.First == only.Last ? only.First : null;

    private static CodePointSet Single(string pattern, ref int at)
    {
        var letter = pattern[at++];
        if (char.IsSurrogate(letter))
            throw new PatternException("characters beyond U+FFFF are not supported");
        if (letter == '\\' && at < pattern.Length && pattern[at] is 'D' or 'W' or 'S')
            throw new PatternException($"\\{pattern[at]} is not supported inside of a class");
        if (letter == '\\' && at < pattern.Length && pattern[at] == 'b')
            throw new PatternException("\\b is not supported");

        return letter == '\\' ? ReadEscape(pattern, ref at) : CodePointSet.Of(letter);
    }

    private static int Hexadecimal(string pattern, ref int at, int digits)
    {
        if (at + digits > pattern.Length || !int.TryParse(pattern.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point))
            throw new PatternException("an escape needs hexadecimal digits");
        if (point == 0 || char.IsSurrogate((char)point))
            throw new PatternException("U+0000 and surrogates are not supported");

        at += digits;
        return point;
    }
}
