using System.Globalization;

namespace MedGemma.Agents.TinyModels;

/// <summary>
/// A SentencePiece vocabulary laid out as Gemma 3's: pad 0, eos 1, bos 2, unk 3, thought 100 and 101, turns 105 and 106, newlines from 107, then bytes and pieces. The image
/// tokens have Gemma's numbers when the vocabulary is large enough; otherwise they stand before the bytes.
/// </summary>
public sealed class TinyVocabulary
{
    private const int SpecialTokens = 107;
    private const int Newlines = 4;
    private const int FirstImageToken = 255_999;
    private const int ImageSoftToken = 262_144;
    private const string Symbols = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private static readonly string[] Words =
        [" the", " of", " and", " patient", " value", " was", " in", " is", " no", "user", "model", "answer", "thought", "true", "false", "null", "{\"", "\":", "\",", "\"}", "mg/dL", "20"];

    private readonly List<string> _tokens = [];
    private readonly List<TokenType> _types = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    private TinyVocabulary()
    {
    }

    private enum TokenType
    {
        Normal = 1,
        Unknown = 2,
        Control = 3,
        UserDefined = 4,
        Unused = 5,
        Byte = 6,
    }

    /// <summary>How many tokens it has.</summary>
    public int Count => _tokens.Count;

    /// <summary>The tokens as SentencePiece spells them, with U+2581 for a space.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The types as llama.cpp numbers them.</summary>
    public IReadOnlyList<int> Types => [.. _types.Select(type => (int)type)];

    /// <summary>Scores: the smaller a number, the sooner pieces are merged into it.</summary>
    public IReadOnlyList<float> Scores => [.. Enumerable.Range(0, Count).Select(id => -(float)id)];

    /// <summary>Makes a vocabulary.</summary>
    /// <param name="count">How many tokens.</param>
    /// <param name="own">Pieces that must each be one token.</param>
    /// <param name="words">Words that are one token each where a text has them; so are their beginnings.</param>
    public static TinyVocabulary Create(int count, IReadOnlyList<string> own, IReadOnlyList<string> words)
    {
        var vocabulary = new TinyVocabulary();
        vocabulary.AddSpecial(large: count > FirstImageToken + 1);
        foreach (var symbol in Symbols)
            vocabulary.AddPiece(symbol.ToString());
        foreach (var piece in own)
            vocabulary.AddPiece(piece);
        vocabulary.AddWords([.. Words, .. words]);
        if (vocabulary.Count > count)
            throw new ArgumentException($"A vocabulary of this kind has at least {vocabulary.Count} tokens.", nameof(count));
        vocabulary.Fill(count);
        return vocabulary;
    }

    /// <summary>The number of the token that is spelled so; a space is written as a space.</summary>
    public int Id(string spelling) => _ids[Escaped(spelling)];

    /// <summary>Whether there is a token that is spelled so.</summary>
    public bool Has(string spelling) => _ids.ContainsKey(Escaped(spelling));

    /// <summary>Whether a random model may write the token: text whose characters are whole.</summary>
    public bool IsText(int id) => _types[id] is TokenType.Normal or TokenType.UserDefined;

    private void AddSpecial(bool large)
    {
        string[] first = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "[multimodal]"];
        for (var id = 0; id < SpecialTokens; id++)
        {
            var name = id < first.Length ? first[id] : id == 105 ? "<start_of_turn>" : id == 106 ? "<end_of_turn>" : $"<unused{id - first.Length}>";
            Add(name, id == 3 ? TokenType.Unknown : TokenType.Control);
        }

        for (var lines = 1; lines <= Newlines; lines++)
            Add(new string('\n', lines), TokenType.UserDefined);
        if (!large)
            AddImageTokens();
        for (var value = 0; value < 256; value++)
            Add(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"), TokenType.Byte);
    }

    private void AddImageTokens()
    {
        Add("<start_of_image>", TokenType.Control);
        Add("<end_of_image>", TokenType.Control);
        Add("<image_soft_token>", TokenType.Control);
    }

    // SentencePiece merges pairs, so every beginning of a word must be a piece too, and must come before it.
    private void AddWords(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            for (var length = 2; length <= word.Length; length++)
                AddPiece(word[..length]);
        }
    }

    private void Fill(int count)
    {
        foreach (var piece in Combinations())
        {
            if (Count >= count)
                return;
            if (Count == FirstImageToken)
            {
                Add("<start_of_image>", TokenType.Control);
                Add("<end_of_image>", TokenType.Control);
            }

            if (Count == ImageSoftToken)
            {
                Add("<image_soft_token>", TokenType.Control);
                while (Count < count)
                    Add($"<unused{Count}>", TokenType.Unused);
                return;
            }

            AddPiece(piece);
        }
    }

    private static IEnumerable<string> Combinations()
    {
        IReadOnlyList<string> last = [.. Symbols.Where(char.IsAsciiLetter).Select(letter => letter.ToString())];
        while (true)
        {
            IReadOnlyList<string> next = [.. last.SelectMany(start => Enumerable.Range('a', 26).Select(letter => start + (char)letter))];
            foreach (var piece in next)
                yield return piece;
            last = next;
        }
    }

    private void AddPiece(string piece)
    {
        if (!_ids.ContainsKey(Escaped(piece)))
            Add(Escaped(piece), TokenType.Normal);
    }

    private void Add(string token, TokenType type)
    {
        _ids.Add(token, _tokens.Count);
        _tokens.Add(token);
        _types.Add(type);
    }

    private static string Escaped(string piece) => piece.Replace(' ', '\u2581');
}
