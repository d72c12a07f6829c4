using System.Globalization;
using System.Text;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>
/// Reads GBNF text and says which texts it accepts, written after llama.cpp's description of the notation and independent of the code under test. Repetitions
/// are expanded and bounded as llama.cpp does it, and left recursion is refused.
/// </summary>
internal sealed class GbnfMachine
{
    private const int MostRepetitions = 2000;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<List<List<Element>>?> _rules = [];
    private readonly Dictionary<(int Rule, int Option, int At, int Below), int> _known = [];
    private readonly List<(int Rule, int Option, int At, int Below)> _stacks = [default];
    private readonly string _text;
    private int _at;

    public GbnfMachine(string grammar)
    {
        _text = grammar;
        Space(true);
        while (_at < _text.Length)
            ReadRule();

        Assert.All(_rules, rule => Assert.NotNull(rule));
        Root = _numbers["root"];
    }

    public int Root { get; }

    public IReadOnlyList<IReadOnlyList<IReadOnlyList<Element>>> Rules => _rules!;

    public bool Accepts(string text)
    {
        var stacks = new HashSet<int>();
        foreach (var option in Enumerable.Range(0, _rules[Root]!.Count))
            Advance(Push(Root, option, 0, 0), stacks, 0);

        foreach (var rune in text.EnumerateRunes())
        {
            var next = new HashSet<int>();
            foreach (var stack in stacks.Where(stack => stack != 0))
            {
                var (rule, option, at, below) = _stacks[stack];
                if (_rules[rule]![option][at].Matches(rune.Value))
                    Advance(Push(rule, option, at + 1, below), next, 0);
            }

            stacks = next;
        }

        return stacks.Contains(0);
    }

    private int Push(int rule, int option, int at, int below)
    {
        if (at == _rules[rule]![option].Count)
            return below;

        var frame = (rule, option, at, below);
        if (!_known.TryGetValue(frame, out var stack))
        {
            _known[frame] = stack = _stacks.Count;
            _stacks.Add(frame);
        }

        return stack;
    }

    private void Advance(int stack, HashSet<int> reached, int depth)
    {
        Assert.True(depth < 5000, "left recursion");
        if (stack == 0)
        {
            reached.Add(0);
            return;
        }

        var (rule, option, at, below) = _stacks[stack];
        if (_rules[rule]![option][at].Rule is not { } called)
        {
            reached.Add(stack);
            return;
        }

        var rest = Push(rule, option, at + 1, below);
        for (var i = 0; i < _rules[called]!.Count; i++)
            Advance(Push(called, i, 0, rest), reached, depth + 1);
    }

    private void ReadRule()
    {
        var name = Name();
        Space(false);
        Expect("::=");
        Space(true);
        var number = Number(name);
        Assert.Null(_rules[number]);
        _rules[number] = Options(false);
        Assert.True(_at == _text.Length || _text[_at] == '\n', $"end of rule expected at {_at}");
        Space(true);
    }

    private List<List<Element>> Options(bool nested)
    {
        var options = new List<List<Element>> { Items(nested) };
        while (_at < _text.Length && _text[_at] == '|')
        {
            _at++;
            Space(true);
            options.Add(Items(nested));
        }

        return options;
    }

    private List<Element> Items(bool nested)
    {
        var items = new List<Element>();
        var last = 0;
        var weight = 1L;
        while (_at < _text.Length)
        {
            var next = _text[_at];
            if (next == '"')
            {
                (last, weight) = (items.Count, 1);
                _at++;
                while (_text[_at] != '"')
                    items.Add(Element.Of(Character()));
                _at++;
            }
            else if (next == '[')
            {
                (last, weight) = (items.Count, 1);
                items.Add(Class());
            }
            else if (next == '(')
            {
                var before = _numbers.Count;
                _at++;
                Space(true);
                var rule = Number($"({_at}");
                _rules[rule] = Options(true);
                Expect(")");
                (last, weight) = (items.Count, Math.Max(1, _numbers.Count - before));
                items.Add(Element.Call(rule));
            }
            else if (char.IsAsciiLetterOrDigit(next))
            {
                (last, weight) = (items.Count, 1);
                items.Add(Element.Call(Number(Name())));
            }
            else if (next is '*' or '+' or '?' or '{')
            {
                var (minimum, maximum) = Times();
                weight = Repeat(items, last, minimum, maximum, weight);
            }
            else
            {
                break;
            }

            Space(nested);
        }

        return items;
    }

    private long Repeat(List<Element> items, int last, int minimum, int? maximum, long weight)
    {
        Assert.True(last < items.Count, "nothing to repeat");
        Assert.True(minimum <= MostRepetitions && !(maximum > MostRepetitions), "too many repetitions");
        long total = maximum > 0 ? maximum.Value : Math.Max(minimum, 1);
        Assert.True(weight * total < MostRepetitions, "too many rules in a repetition");
        var item = items[last..];
        items.RemoveRange(last, items.Count - last);
        for (var i = 0; i < minimum; i++)
            items.AddRange(item);

        int? tail = null;
        for (var i = 0; i < (maximum is null ? 1 : maximum - minimum); i++)
        {
            var rule = Number($"{{{_at}.{i}.{_numbers.Count}");
            _rules[rule] = [maximum is null ? [.. item, Element.Call(rule)] : tail is { } more ? [.. item, Element.Call(more)] : [.. item], []];
            tail = rule;
        }

        if (tail is { } first)
            items.Add(Element.Call(first));

        return weight * total;
    }

    private (int Minimum, int? Maximum) Times()
    {
        switch (_text[_at++])
        {
            case '*':
                return (0, null);
            case '+':
                return (1, null);
            case '?':
                return (0, 1);
            default:
                var end = _text.IndexOf('}', _at);
                var bounds = _text[_at..end].Split(',');
                _at = end + 1;
                var minimum = int.Parse(bounds[0], CultureInfo.InvariantCulture);
                return (minimum, bounds.Length == 1 ? minimum : bounds[1].Length == 0 ? null : int.Parse(bounds[1], CultureInfo.InvariantCulture));
        }
    }

    private Element Class()
    {
        _at++;
        var negated = _text[_at] == '^';
        if (negated)
            _at++;

        var ranges = new List<(int, int)>();
        while (_text[_at] != ']')
        {
            var first = Character();
            var last = first;
            if (_text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                last = Character();
            }

            ranges.Add((first, last));
        }

        _at++;
        Assert.NotEmpty(ranges);
        return new Element(null, ranges, negated);
    }

    private int Character()
    {
        if (_text[_at] != '\\')
        {
            var rune = Rune.GetRuneAt(_text, _at);
            _at += rune.Utf16SequenceLength;
            return rune.Value;
        }

        var letter = _text[_at + 1];
        _at += 2;
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            _at += digits;
            return int.Parse(_text.AsSpan(_at - digits, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return letter switch
        {
            't' => '\t',
            'r' => '\r',
            'n' => '\n',
            '\\' or '"' or '[' or ']' => letter,
            _ => throw new FormatException($"unknown escape \\{letter}"),
        };
    }

    private string Name()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '-'))
            _at++;

        Assert.True(_at > start, $"name expected at {_at}");
        return _text[start.._at];
    }

    private int Number(string name)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            _numbers[name] = number = _rules.Count;
            _rules.Add(null);
        }

        return number;
    }

    private void Expect(string text)
    {
        Assert.True(string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0, $"{text} expected at {_at}");
        _at += text.Length;
    }

    private void Space(bool lines)
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' || (lines && _text[_at] is '\r' or '\n')))
            _at++;
    }

    /// <summary>A character of some ranges, or a call of a rule.</summary>
    internal sealed record Element(int? Rule, IReadOnlyList<(int First, int Last)> Ranges, bool Negated)
    {
        public static Element Of(int point) => new(null, [(point, point)], false);

        public static Element Call(int rule) => new(rule, [], false);

        public bool Matches(int point) => Rule is null && Ranges.Any(range => range.First <= point && point <= range.Last) != Negated;
    }
}
