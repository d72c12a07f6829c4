using System.Globalization;
using System.Text;

namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>Reads a grammar text within bounds.</summary>
/// <param name="text">The grammar.</param>
internal sealed class GbnfTextReader(string text)
{
    private const int MostCharacters = 1 << 18;
    private const int MostRules = 20_000;
    private const int DeepestGroup = 100;

    /// <summary>llama.cpp refuses a repetition of so many rules and more (<c>MAX_REPETITION_THRESHOLD</c>).</summary>
    private const int MostRepetitions = 2000;

    /// <summary>Elements that all repetitions together may be written out to.</summary>
    private const long MostElements = 1_000_000;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<IReadOnlyList<GbnfTextRules.Item>>?> _rules = [];
    private long _elements;
    private int _at;

    /// <exception cref="GbnfException">It is no grammar, or too large a one.</exception>
    public GbnfTextRules Read()
    {
        if (text.Length > MostCharacters)
            throw new GbnfException(string.Create(CultureInfo.InvariantCulture, $"it is longer than {MostCharacters} characters"));

        Space(true);
        while (_at < text.Length)
            ReadRule();

        if (_names.FirstOrDefault(name => _rules[name.Value] is null) is { Key: { } missing })
            throw new GbnfException($"the rule {missing} is used and not defined");

        return new GbnfTextRules(_names, [.. _rules.OfType<IReadOnlyList<IReadOnlyList<GbnfTextRules.Item>>>()]);
    }

    private void ReadRule()
    {
        var number = Number(Name());
        Space(false);
        if (string.CompareOrdinal(text, _at, "::=", 0, 3) != 0)
            throw Wrong("::= expected");

        _at += 3;
        Space(true);
        if (_rules[number] is not null)
            throw Wrong("this rule is defined twice");

        _rules[number] = Options(0);
        if (_at < text.Length && text[_at] is not ('\n' or '\r'))
            throw Wrong("the end of the rule expected");

        Space(true);
    }

    private List<IReadOnlyList<GbnfTextRules.Item>> Options(int depth)
    {
        var options = new List<IReadOnlyList<GbnfTextRules.Item>> { Items(depth) };
        while (_at < text.Length && text[_at] == '|')
        {
            _at++;
            Space(true);
            options.Add(Items(depth));
        }

        return options;
    }

    private List<GbnfTextRules.Item> Items(int depth)
    {
        var items = new List<GbnfTextRules.Item>();
        var weight = 0L;
        while (_at < text.Length)
        {
            var before = (Rules: _rules.Count, Elements: _elements);
            switch (text[_at])
            {
                case '"':
                    items.Add(new GbnfTextRules.Item(null, MayBeEmpty: Literal() == 0));
                    break;
                case '[':
                    Class();
                    items.Add(new GbnfTextRules.Item(null));
                    break;
                case '.':
                    _at++;
                    items.Add(new GbnfTextRules.Item(null));
                    break;
                case '(':
                    items.Add(new GbnfTextRules.Item(Group(depth)));
                    break;
                case '*' or '+' or '?' or '{':
                    Repeat(items, weight);
                    Space(depth > 0);
                    continue;
                case '<' or '!':
                    throw Wrong("tokens cannot be named, only text");
                case var letter when char.IsAsciiLetterOrDigit(letter) || letter == '-':
                    items.Add(new GbnfTextRules.Item(Number(Name())));
                    break;
                default:
                    return items;
            }

            Count(1);
            weight = Math.Max(Math.Max(_rules.Count - before.Rules, 1), _elements - before.Elements);
            Space(depth > 0);
        }

        return items;
    }

    private int Group(int depth)
    {
        if (depth >= DeepestGroup)
            throw Wrong("groups are nested too deeply");

        _at++;
        Space(true);
        var number = _rules.Count;
        _rules.Add(null);
        _rules[number] = Options(depth + 1);
        if (_at >= text.Length || text[_at] != ')')
            throw Wrong(") expected");

        _at++;
        return number;
    }

    private void Repeat(List<GbnfTextRules.Item> items, long weight)
    {
        if (items.Count == 0 || weight == 0)
            throw Wrong("there is nothing to repeat");

        var (least, most) = Times();
        var times = most is > 0 ? most.Value : Math.Max(least, 1);
        if (least > (most ?? least) || times >= MostRepetitions || weight * times >= MostRepetitions)
            throw Wrong("a repetition is too large, or its bounds are reversed");

        if (most is null && items[^1].MayBeEmpty)
            throw Wrong("something that may be empty is repeated without end");

        Count(weight * times);
        items[^1] = items[^1] with { MayBeEmpty = items[^1].MayBeEmpty || least == 0, Endless = items[^1].Endless || most is null };
    }

    private (int Least, int? Most) Times()
    {
        switch (text[_at++])
        {
            case '*':
                return (0, null);
            case '+':
                return (1, null);
            case '?':
                return (0, 1);
            default:
                Space(true);
                var least = Integer();
                int? most = least;
                Space(true);
                if (_at < text.Length && text[_at] == ',')
                {
                    _at++;
                    Space(true);
                    most = _at < text.Length && char.IsAsciiDigit(text[_at]) ? Integer() : null;
                    Space(true);
                }

                if (_at >= text.Length || text[_at] != '}')
                    throw Wrong("} expected");

                _at++;
                return (least, most);
        }
    }

    private int Integer()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;

        return int.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong("a number expected");
    }

    /// <returns>How many characters it has.</returns>
    private int Literal()
    {
        _at++;
        var length = 0;
        for (; _at < text.Length && text[_at] != '"'; length++)
            Character();

        if (_at >= text.Length)
            throw Wrong("a text is not closed");

        _at++;
        Count(length);
        return length;
    }

    private void Class()
    {
        _at++;
        if (_at < text.Length && text[_at] == '^')
            _at++;
        if (_at < text.Length && text[_at] == ']')
            throw Wrong("a class of characters is empty");

        while (_at < text.Length && text[_at] != ']')
        {
            var first = Character();
            if (_at + 1 < text.Length && text[_at] == '-' && text[_at + 1] != ']')
            {
                _at++;
                if (Character() < first)
                    throw Wrong("the ends of a range are reversed");
            }

            Count(1);
        }

        if (_at >= text.Length)
            throw Wrong("a class of characters is not closed");

        _at++;
    }

    private int Character()
    {
        if (text[_at] == '\0' || Rune.DecodeFromUtf16(text.AsSpan(_at), out var rune, out var length) != System.Buffers.OperationStatus.Done)
            throw Wrong("this is no character");
        if (rune.Value != '\\')
        {
            _at += length;
            return rune.Value;
        }

        var letter = _at + 1 < text.Length ? text[_at + 1] : ' ';
        _at += 2;
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, 't' or 'r' or 'n' or '\\' or '"' or '[' or ']' => 0, _ => throw Wrong("this escape is not known") };
        if (digits == 0)
            return letter switch { 't' => '\t', 'r' => '\r', 'n' => '\n', _ => letter };
        if (_at + digits > text.Length || !int.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || !Rune.IsValid(point))
            throw Wrong("this escape is no character");

        _at += digits;
        return point;
    }

    private string Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '-'))
            _at++;

        return _at > start ? text[start.._at] : throw Wrong("the name of a rule expected");
    }

    private int Number(string name)
    {
        if (_names.TryGetValue(name, out var number))
            return number;
        if (_rules.Count >= MostRules)
            throw new GbnfException("it has too many rules");

        _names[name] = number = _rules.Count;
        _rules.Add(null);
        return number;
    }

    private void Count(long elements)
    {
        _elements += elements;
        if (_elements > MostElements)
            throw new GbnfException("written out it is too large");
    }

    private void Space(bool lines)
    {
        while (_at < text.Length && (text[_at] is ' ' or '\t' or '#' || (lines && text[_at] is '\r' or '\n')))
        {
            if (text[_at] != '#')
                _at++;
            else
                _at = text.AsSpan(_at).IndexOfAny('\r', '\n') is >= 0 and var end ? _at + end : text.Length;
        }
    }

    private GbnfException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{what}, at character {_at}"));
}
