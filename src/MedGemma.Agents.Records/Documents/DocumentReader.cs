using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Documents;

/// <summary>Reads the text of documents; the same bytes always give the same text, so that a quote can be checked again. Safe for concurrent use.</summary>
internal static class DocumentReader
{
    /// <summary>Reads a document of a known format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="bytes">The document.</param>
    /// <param name="charset">Character set that its media type names, or null.</param>
    public static DocumentText Read(TextFormat format, byte[] bytes, string? charset) => Read(format, bytes, charset, isWrapped: false);

    private static DocumentText Read(TextFormat format, byte[] bytes, string? charset, bool isWrapped) => format switch
    {
        TextFormat.Plain => Charsets.TryDecode(bytes, charset, out var text) ? DocumentText.Of(text) : DocumentText.Not(UnreadReason.UnknownCharset),
        TextFormat.Html when charset is null && !Charsets.IsUtf8(bytes) => HtmlText.Read(bytes),
        TextFormat.Html => Charsets.TryDecode(bytes, charset, out var html) ? HtmlText.Read(html) : DocumentText.Not(UnreadReason.UnknownCharset),
        TextFormat.Cda => CdaText.Read(bytes, charset, (mediaType, inner) => isWrapped ? DocumentText.Not(UnreadReason.UnknownFormat) : ReadWrapped(mediaType, inner)),
        TextFormat.Pdf => PdfText.Read(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of texts."),
    };

    private static DocumentText ReadWrapped(string? contentType, byte[] bytes)
    {
        var media = MediaType.Read(contentType);
        return DocumentFormats.TryFind(bytes, media.Name, out var format, out var reason) ? Read(format, bytes, media.Charset, isWrapped: true) : DocumentText.Not(reason);
    }
}
