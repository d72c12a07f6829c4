namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>A question as tokens, each of which at most one reader claims; what nobody claims was not understood.</summary>
internal sealed class QuestionText
{
    private readonly bool[] _claimed;
    private readonly bool[] _topical;

    public QuestionText(string text)
    {
        Text = text;
        Tokens = Tokenize(text);
        _claimed = new bool[Tokens.Count];
        _topical = new bool[Tokens.Count];
    }

    public string Text { get; }

    public IReadOnlyList<QuestionToken> Tokens { get; }

    public int Count => Tokens.Count;

    public string this[int index] => index >= 0 && index < Tokens.Count ? Tokens[index].Word : "";

    /// <summary>Whether a reader took a token; beyond the ends of the question there is none to take.</summary>
    public bool IsClaimed(int index) => index >= 0 && index < _claimed.Length && _claimed[index];

    public bool IsFree(TokenSpan span)
    {
        for (var i = span.First; i < span.After; i++)
            if (_claimed[i])
                return false;

        return true;
    }

    /// <summary>Whether nobody claimed the span, but for words that say what the question is about: "flu vaccine" is a name although "vaccine" is a topic.</summary>
    public bool IsFreeOrTopical(TokenSpan span)
    {
        for (var i = span.First; i < span.After; i++)
            if (_claimed[i] && !_topical[i])
                return false;

        return true;
    }

    /// <summary>Gives a span back.</summary>
    public void Release(TokenSpan span)
    {
        for (var i = span.First; i < span.After; i++)
            (_claimed[i], _topical[i]) = (false, false);
    }

    /// <summary>Claims a span as words that say what the question is about.</summary>
    public void ClaimTopic(TokenSpan span)
    {
        Claim(span);
        for (var i = span.First; i < span.After; i++)
            _topical[i] = true;
    }

    public bool IsTopical(int index) => _topical[index];

    public void Claim(TokenSpan span)
    {
        for (var i = span.First; i < span.After; i++)
            _claimed[i] = true;
    }

    /// <summary>The characters of a span as written.</summary>
    public string Slice(TokenSpan span) => Text[Tokens[span.First].Start..Tokens[span.After - 1].End];

    /// <summary>The characters between a token and the one before it.</summary>
    public string Gap(int index) => index <= 0 || index >= Tokens.Count ? "" : Text[Tokens[index - 1].End..Tokens[index].Start];

    /// <summary>The words of a span joined by single spaces: how phrases are looked up.</summary>
    public string Words(TokenSpan span) => string.Join(' ', Enumerable.Range(span.First, span.Count).Select(i => Tokens[i].Word));

    /// <summary>Splits any text the way questions are split, so that names of a record can be compared with it.</summary>
    public static List<QuestionToken> Tokenize(string text)
    {
        var tokens = new List<QuestionToken>();
        var i = 0;
        while (i < text.Length)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
                i++;

            tokens.Add(new QuestionToken(text[start..i].ToLowerInvariant(), start, i));
        }

        return tokens;
    }

    /// <summary>The look-up form of any text: its tokens joined by single spaces.</summary>
    public static string Normalize(string text) => string.Join(' ', Tokenize(text).Select(token => token.Word));
}
