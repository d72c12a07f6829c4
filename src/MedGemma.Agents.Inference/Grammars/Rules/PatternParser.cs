using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MedGemma.Agents.Inference.Grammars.Gbnf;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>
/// Reads the regular expressions (ECMA-262) that a grammar can hold: anchored at both ends, with literals, <c>.</c>, classes, <c>\d \w \s</c> and their
/// opposites, groups, alternatives and greedy quantifiers. Where dialects differ (what <c>\d</c> or one character is) only what all of them accept is accepted:
/// shorthands mean their ASCII characters, and characters beyond U+FFFF match nothing.
/// </summary>
internal sealed class PatternParser
{
    private const int MostRepetitions = 1000;
    private const int DeepestGroup = 50;

    private readonly string _pattern;
    private readonly GbnfRules _rules;
    private int _at;
    private int _depth;

    private PatternParser(string pattern, GbnfRules rules)
    {
        _pattern = pattern;
        _rules = rules;
    }

    private bool AtEnd => _at >= _pattern.Length;

    public static bool TryParse(string pattern, GbnfRules rules, [NotNullWhen(true)] out PatternPiece? piece, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (piece, problem) = (new PatternParser(pattern, rules).Whole(), null);
            return true;
        }
        catch (PatternException refused)
        {
            (piece, problem) = (null, refused.Message);
            return false;
        }
    }

    private PatternPiece Whole()
    {
        var options = new List<PatternPiece>();
        do
        {
            if (!Take('^'))
                throw Refused("every alternative must start with ^ and end with $");

            var parts = Parts();
            if (!Take('$'))
                throw Refused("every alternative must start with ^ and end with $");

            options.Add(PatternPiece.Sequence(parts));
        }
        while (Take('|'));

        return AtEnd ? PatternPiece.Choice(options) : throw Refused("nothing may follow $");
    }

    private List<PatternPiece> Parts()
    {
        var parts = new List<PatternPiece>();
        while (!AtEnd && _pattern[_at] is not ('|' or ')' or '$'))
            parts.Add(Quantified(Atom()));

        return parts;
    }

    private PatternPiece Atom()
    {
        var next = _pattern[_at];
        switch (next)
        {
            case '(':
                _at++;
                return Group();
            case '[':
                _at++;
                return Characters(PatternClass.Read(_pattern, ref _at));
            case '.':
                _at++;
                return Characters(PatternClass.Dot);
            case '\\':
                _at++;
                return Characters(PatternClass.ReadEscape(_pattern, ref _at));
            case '^' or '*' or '+' or '?' or '{' or '}' or ']':
                throw Refused($"{next} is not supported here");
            case var letter when char.IsSurrogate(letter):
                throw Refused("characters beyond U+FFFF are not supported");
            default:
                _at++;
                return Characters(CodePointSet.Of(next));
        }
    }

    private PatternPiece Group()
    {
        if (++_depth > DeepestGroup)
            throw Refused("its groups are nested too deeply");
        if (Take('?') && !Take(':'))
            throw Refused("only plain and (?:...) groups are supported");

        var options = new List<PatternPiece>();
        do
            options.Add(PatternPiece.Sequence(Parts()));
        while (Take('|'));
        if (!Take(')'))
            throw Refused(AtEnd ? "a group is not closed" : "$ is supported at the end only");

        _depth--;
        return PatternPiece.Choice(options);
    }

    private PatternPiece Quantified(PatternPiece atom)
    {
        if (AtEnd)
            return atom;

        int minimum;
        int? maximum;
        switch (_pattern[_at])
        {
            case '?':
                (minimum, maximum) = (0, 1);
                break;
            case '*':
                (minimum, maximum) = (0, null);
                break;
            case '+':
                (minimum, maximum) = (1, null);
                break;
            case '{':
                (minimum, maximum) = Counts();
                break;
            default:
                return atom;
        }

        _at++;
        if (!AtEnd && _pattern[_at] is '?' or '+' or '*' or '{')
            throw Refused("a quantifier may not follow a quantifier");
        if (atom.Shortest == 0 && maximum != 1)
            throw Refused("what may be empty cannot be repeated");
        if (maximum < minimum)
            throw Refused("a quantifier's bounds are the wrong way round");

        return new PatternPiece(_rules.Repeat(atom.Node, minimum, maximum), atom.Shortest * minimum, atom.Longest * maximum);
    }

    // Leaves the place at the closing brace.
    private (int Minimum, int? Maximum) Counts()
    {
        var end = _pattern.IndexOf('}', _at);
        var bounds = end < 0 ? [] : _pattern[(_at + 1)..end].Split(',');
        if (bounds.Length is not (1 or 2) || !Count(bounds[0], out var minimum))
            throw Refused("a quantifier must be {m}, {m,} or {m,n}");

        _at = end;
        if (bounds.Length == 1)
            return (minimum, minimum);
        if (bounds[1].Length == 0)
            return (minimum, null);

        return Count(bounds[1], out var maximum) ? (minimum, maximum) : throw Refused("a quantifier must be {m}, {m,} or {m,n}");
    }

    private static bool Count(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
        && (count <= MostRepetitions ? true : throw new PatternException(string.Create(CultureInfo.InvariantCulture, $"more than {MostRepetitions} repetitions are not supported")));

    private static PatternPiece Characters(CodePointSet set) =>
        set.IsEmpty ? throw new PatternException("a class accepts no character") : new PatternPiece(JsonRules.Characters(set), 1, 1);

    private bool Take(char expected)
    {
        if (AtEnd || _pattern[_at] != expected)
            return false;

        _at++;
        return true;
    }

    private PatternException Refused(string reason) => new(string.Create(CultureInfo.InvariantCulture, $"{reason} (at character {_at + 1})"));
}
