using System.Text;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Reduces names to what stays the same however they are written: case, punctuation, spacing, diacritics, British or American spelling, plural.</summary>
internal static class PhraseText
{
    private const string Accented = "àáâãäåāăąçćčďđèéêëēęěìíîïīłñńňòóôõöøōőřśšşťùúûüūůűýÿźżž";
    private const string Plain = "aaaaaaaaacccddeeeeeeeiiiiilnnnoooooooorssstuuuuuuuyyzzz";

    /// <summary>The words of a name in order, each in its reduced form.</summary>
    public static string[] Tokens(string text) => [.. Words(text).Select(Reduce)];

    /// <summary>The words of a name in order, in small letters but otherwise as written; as many as <see cref="Tokens"/> gives.</summary>
    public static string[] Words(string text)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        for (var position = 0; position < text.Length; position++)
        {
            var letter = char.ToLowerInvariant(text[position]);
            if (char.IsAsciiLetterOrDigit(letter))
            {
                word.Append(letter);
                continue;
            }

            if (char.IsLetterOrDigit(letter))
            {
                AppendFolded(word, letter);
                continue;
            }

            var next = position + 1 < text.Length ? text[position + 1] : ' ';
            if (letter is '.' or ',' && word.Length > 0 && char.IsAsciiDigit(word[^1]) && char.IsAsciiDigit(next))
            {
                if (letter == '.')
                    word.Append('.');
                continue;
            }

            if (letter is '\u200b' or '\u200c' or '\u200d' or '\ufeff' or '\u00ad')
                continue;

            if (letter is '\'' or '\u2019' && word.Length > 0 && char.IsLetter(next))
            {
                // The possessive says nothing: Crohn's disease is Crohn disease.
                if (next is 's' or 'S' && (position + 2 >= text.Length || !char.IsLetterOrDigit(text[position + 2])))
                    position++;
                continue;
            }

            if (letter == '/' && word.Length == 1 && word[0] == 'w')
            {
                word.Append(next is 'o' or 'O' && (position + 2 >= text.Length || !char.IsLetterOrDigit(text[position + 2])) ? "ithout" : "ith");
                if (word.Length == 7)
                    position++;
            }

            Flush(word, tokens);
            // A sign at the end is a result or a charge (coagulase +, K+); anywhere else it joins words.
            if (letter == '+' && text.AsSpan(position + 1).Trim().IsEmpty)
                tokens.Add("+");
        }

        Flush(word, tokens);
        return [.. tokens];
    }

    /// <summary>One string for a sequence of reduced words, the same with and without spaces; numbers stay apart.</summary>
    public static string Key(ReadOnlySpan<string> tokens)
    {
        var key = new StringBuilder();
        foreach (var token in tokens)
        {
            if (key.Length > 0 && char.IsAsciiDigit(key[^1]) && char.IsAsciiDigit(token[0]))
                key.Append(' ');
            key.Append(token);
        }

        return key.ToString();
    }

    /// <summary>The key of a text.</summary>
    public static string Key(string text) => Key(Tokens(text));

    private static void AppendFolded(StringBuilder word, char letter)
    {
        var index = Accented.IndexOf(letter, StringComparison.Ordinal);
        if (index >= 0)
        {
            word.Append(Plain[index]);
            return;
        }

        switch (letter)
        {
            case 'æ' or 'œ':
                word.Append('e');
                break;
            case 'ß':
                word.Append("ss");
                break;
            case 'µ' or 'μ':
                word.Append('u');
                break;
            case 'α':
                word.Append("alpha");
                break;
            case 'β':
                word.Append("beta");
                break;
            case 'γ':
                word.Append("gamma");
                break;
            case 'δ':
                word.Append("delta");
                break;
            case '²' or '₂':
                word.Append('2');
                break;
            case '³':
                word.Append('3');
                break;
            default:
                word.Append(letter);
                break;
        }
    }

    private static void Flush(StringBuilder word, List<string> tokens)
    {
        if (word.Length > 0)
            tokens.Add(word.ToString());
        word.Clear();
    }

    private static string Reduce(string word)
    {
        foreach (var letter in word)
        {
            if (!char.IsLetter(letter))
                return word;
        }

        if (word.Length < 4)
            return word;

        if (word.Length >= 5)
        {
            // British spelling has these inside a word; at the end they are a Latin plural or a slip, and to shorten them would make a shorter word of it.
            word = word[..^2].Replace("ae", "e", StringComparison.Ordinal).Replace("oe", "e", StringComparison.Ordinal).Replace("sulph", "sulf", StringComparison.Ordinal) + word[^2..];
            if (word.EndsWith("our", StringComparison.Ordinal) || word.EndsWith("ours", StringComparison.Ordinal))
                word = word.Replace("our", "or", StringComparison.Ordinal);
            else if (word is "fibre" or "litre" or "metre" or "centre")
                word = word[..^2] + "er";
        }

        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
            return word[..^3] + "y";

        return word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i' or 'a' or 'o') ? word[..^1] : word;
    }
}
