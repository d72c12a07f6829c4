using System.Text;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Documents;

/// <summary>Tells the format of a document by its first bytes where these are certain, else by its media type.</summary>
internal static class DocumentFormats
{
    private const int Beginning = 4096;

    /// <summary>Finds the format.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="mediaType">Media type without parameters in lower case; null when none is recorded.</param>
    /// <param name="format">The format, when one is read here.</param>
    /// <param name="reason">Otherwise why not.</param>
    public static bool TryFind(ReadOnlySpan<byte> bytes, string? mediaType, out TextFormat format, out UnreadReason reason)
    {
        var begins = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Beginning)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        (var known, reason) = Signature(begins) ?? (mediaType is null or "application/octet-stream" ? Guess(begins) : ByMediaType(mediaType));
        format = known ?? default;
        return known is not null;
    }

    /// <summary>Why a document of a media type will not be read, whatever its bytes are; null when that depends on them.</summary>
    public static UnreadReason? RefuseByMediaType(string? mediaType) =>
        mediaType is not null && ByMediaType(mediaType) is { Format: null, Reason: UnreadReason.NotText } ? UnreadReason.NotText : null;

    private static (TextFormat? Format, UnreadReason Reason)? Signature(string begins) =>
        begins.StartsWith("%PDF-", StringComparison.Ordinal) ? (TextFormat.Pdf, default)
        : begins.StartsWith(@"{\rtf", StringComparison.OrdinalIgnoreCase) ? (null, UnreadReason.UnknownFormat)
        : null;

    private static (TextFormat? Format, UnreadReason Reason) Guess(string begins) =>
        begins.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || begins.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || begins.StartsWith("<div", StringComparison.OrdinalIgnoreCase) ? (TextFormat.Html, default)
        : begins.StartsWith("<?xml", StringComparison.Ordinal) || begins.StartsWith("<ClinicalDocument", StringComparison.Ordinal) ? (TextFormat.Cda, default)
        : begins.Contains('\0', StringComparison.Ordinal) ? (null, UnreadReason.UnknownFormat)
        : (TextFormat.Plain, default);

    private static (TextFormat? Format, UnreadReason Reason) ByMediaType(string mediaType) => mediaType switch
    {
        "text/html" or "application/xhtml+xml" => (TextFormat.Html, default),
        "text/xml" or "application/xml" => (TextFormat.Cda, default),
        "text/rtf" or "text/richtext" => (null, UnreadReason.UnknownFormat),

        // What calls itself PDF begins like one, which is seen before.
        "application/pdf" => (null, UnreadReason.Damaged),
        "application/dicom" => (null, UnreadReason.NotText),
        _ when mediaType.StartsWith("image/", StringComparison.Ordinal) || mediaType.StartsWith("audio/", StringComparison.Ordinal) || mediaType.StartsWith("video/", StringComparison.Ordinal) =>
            (null, UnreadReason.NotText),
        _ when mediaType.EndsWith("+xml", StringComparison.Ordinal) => (TextFormat.Cda, default),
        _ when mediaType.StartsWith("text/", StringComparison.Ordinal) => (TextFormat.Plain, default),
        _ => (null, UnreadReason.UnknownFormat),
    };
}
