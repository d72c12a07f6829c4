using MedGemma.Agents.Planning.Verification.Language;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>Cuts a sentence into pieces: first what stands in the result word for word, then dates, numbers with units, and words.</summary>
internal sealed class PieceReader
{
    private static readonly HashSet<string> BeforePronounOne =
        new(["the", "latest", "first", "last", "this", "that", "recent", "earliest", "highest", "lowest", "which"], StringComparer.Ordinal);

    private readonly string _text;
    private readonly IReadOnlyCollection<string> _units;
    private readonly List<Piece> _fixed = [];
    private readonly List<Piece> _pieces = [];

    private PieceReader(string text, IReadOnlyCollection<string> units)
    {
        _text = text;
        _units = units;
    }

    /// <summary>Reads a sentence.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="windows">How the question put the window.</param>
    /// <param name="names">Names and labels of the result.</param>
    /// <param name="units">Units of the result, verbatim.</param>
    /// <param name="places">Names that are names even where they are common words: a ward called Medicine.</param>
    public static IReadOnlyList<Piece> Read(string text, IEnumerable<string> windows, IEnumerable<string> names, IReadOnlyCollection<string> units, IEnumerable<string> places)
    {
        var reader = new PieceReader(text.Replace('’', '\''), units);
        foreach (var window in windows)
            reader.Fix(window, (start, length, found) => new WindowPiece(start, length, found));
        foreach (var name in names.Where(IsWorthFixing).Concat(places).OrderByDescending(name => name.Length))
        {
            reader.Fix(name, (start, length, found) => new NamePiece(start, length, found));

            // A text with runs of blanks is said with single ones.
            if (name.Contains("  ", StringComparison.Ordinal))
                reader.Fix(string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)), (start, length, found) => new NamePiece(start, length, found));
        }

        foreach (var (start, length, date) in DateReader.Find(reader._text))
            reader.FixAt(new DatePiece(start, length, reader._text.Substring(start, length), date));

        reader.Scan();
        return NumberContext.Attach(reader._pieces);
    }

    // A value such as "No" or "7" would hide a negation or a count of the sentence: those are left to the words and the numbers.
    private static bool IsWorthFixing(string name)
    {
        if (!name.Any(char.IsLetter))
            return name.AsSpan().ContainsAny("/<>+");

        var words = name.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 || !Vocabulary.Knows(words[0]) || Vocabulary.IsSide(words[0]);
    }

    private void Fix(string phrase, Func<int, int, string, Piece> make)
    {
        if (phrase.Length == 0)
            return;
        for (var at = _text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
             at >= 0;
             at = _text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (!ContinuesWord(at - 1, at) && !ContinuesWord(at + phrase.Length, at + phrase.Length - 1))
                FixAt(make(at, phrase.Length, _text.Substring(at, phrase.Length)));
        }
    }

    // "From 2023" stands in "from 2023-01-01" by its letters only.
    private bool ContinuesWord(int outside, int inside) =>
        outside >= 0 && outside < _text.Length && char.IsLetterOrDigit(_text[inside]) && (char.IsLetterOrDigit(_text[outside])
            || (outside > inside && char.IsAsciiDigit(_text[inside]) && _text[outside] is '-' or '/' or ':' or '.' && outside + 1 < _text.Length && char.IsAsciiDigit(_text[outside + 1])));

    private void FixAt(Piece piece)
    {
        if (!_fixed.Exists(other => piece.Start < other.Start + other.Length && other.Start < piece.Start + piece.Length))
            _fixed.Add(piece);
    }

    private void Scan()
    {
        _fixed.Sort((a, b) => a.Start.CompareTo(b.Start));
        var next = 0;
        for (var at = 0; at < _text.Length;)
        {
            if (next < _fixed.Count && _fixed[next].Start == at)
            {
                _pieces.Add(_fixed[next]);
                at += _fixed[next++].Length;
                continue;
            }

            var limit = next < _fixed.Count ? _fixed[next].Start : _text.Length;
            at += char.IsWhiteSpace(_text[at]) ? 1 : ReadOne(at, limit);
        }
    }

    private int ReadOne(int at, int limit)
    {
        var digits = NumberReader.ReadDigits(_text, at, out var value, out var decimals);
        if (digits > 0 && at + digits <= limit)
        {
            var length = digits + UnitLength(at + digits, limit, out var unit);
            if (unit is not null || at + digits >= _text.Length || !char.IsLetter(_text[at + digits]))
            {
                _pieces.Add(new NumberPiece(at, length, _text.Substring(at, length), value, decimals, unit));
                return length;
            }
        }

        var word = WordLength(at, limit);
        if (word > 0)
            return ReadWords(at, word, limit);

        var symbol = at + 1 < limit && _text[at] is '<' or '>' && _text[at + 1] == '=' ? 2 : 1;
        _pieces.Add(new SymbolPiece(at, symbol, _text.Substring(at, symbol)));
        return symbol;
    }

    private int ReadWords(int at, int first, int limit)
    {
        var words = new List<(int End, string Text)> { (at + first, _text.Substring(at, first).ToLowerInvariant()) };
        while (words.Count < 6)
        {
            var start = words[^1].End;
            while (start < limit && _text[start] == ' ')
                start++;
            var length = start < limit ? WordLength(start, limit) : 0;
            if (length == 0)
                break;
            words.Add((start + length, _text.Substring(start, length).ToLowerInvariant()));
        }

        var texts = words.ConvertAll(word => word.Text).ToArray();
        var numberWords = texts[0] == "one" && _pieces.LastOrDefault() is WordPiece before && BeforePronounOne.Contains(before.Text)
            ? 0
            : NumberReader.ReadWords(texts, out var value) is var taken && taken > 0 ? AddNumber(taken, value) : 0;
        if (numberWords > 0)
            return _pieces[^1].Length;

        for (var count = Math.Min(Vocabulary.LongestPhrase, words.Count); count > 1; count--)
        {
            var phrase = string.Join(' ', texts[..count]);
            if (Vocabulary.Knows(phrase))
                return AddWord(words[count - 1].End - at, phrase);
        }

        return AddWord(first, texts[0]);

        int AddNumber(int count, decimal number)
        {
            var end = words[count - 1].End;
            var length = end - at + UnitLength(end, limit, out var unit);
            _pieces.Add(new NumberPiece(at, length, _text.Substring(at, length), number, 0, unit));
            return count;
        }

        int AddWord(int length, string text)
        {
            _pieces.Add(new WordPiece(at, length, text));
            return length;
        }
    }

    private int UnitLength(int at, int limit, out string? unit)
    {
        var start = at;
        while (start < limit && _text[start] == ' ')
            start++;
        var length = Units.MatchLength(_text.AsSpan(start, limit - start), _units);
        unit = length > 0 ? Units.Canonical(_text.Substring(start, length)) : null;
        return length > 0 ? start - at + length : 0;
    }

    private int WordLength(int at, int limit)
    {
        var end = at;
        while (end < limit && (char.IsLetterOrDigit(_text[end])
            || (end > at && end + 1 < limit && _text[end] is '\'' or '-' && char.IsLetterOrDigit(_text[end + 1]))))
            end++;
        return end - at;
    }
}
