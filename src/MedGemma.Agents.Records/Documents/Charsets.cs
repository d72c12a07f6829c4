using System.Text;

namespace MedGemma.Agents.Records.Documents;

/// <summary>Turns bytes into characters by the character set that a media type names.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="charset">Name of the character set; null is UTF-8, or what a byte order mark says.</param>
    /// <param name="text">The text; what is no character of the set stands in it as U+FFFD, for a reader to see.</param>
    /// <returns>False when the set is not known.</returns>
    public static bool TryDecode(byte[] bytes, string? charset, out string text)
    {
        text = "";
        if (Find(NameOf(bytes, charset)) is not { } encoding)
            return false;

        text = encoding.GetString(bytes);
        return true;
    }

    /// <summary>Name of the character set that bytes are read in: the one stated, else that of their byte order mark, else UTF-8.</summary>
    public static string NameOf(byte[] bytes, string? stated) => stated ?? (bytes is [0xFF, 0xFE, ..] ? "utf-16" : bytes is [0xFE, 0xFF, ..] ? "utf-16be" : "utf-8");

    /// <summary>Whether the bytes are UTF-8 without a mistake.</summary>
    public static bool IsUtf8(byte[] bytes)
    {
        try
        {
            s_strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static Encoding? Find(string charset)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
