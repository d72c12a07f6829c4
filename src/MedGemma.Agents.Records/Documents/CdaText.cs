using System.Text;
using System.Xml;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Documents;

/// <summary>
/// Reads the titles and narrative blocks of an HL7 CDA document, which are what its author attests (CDA R2, 1.2.3 and 4.3.5), or the document that it wraps. Its coded
/// entries are not text. Definitions of types and entities are refused.
/// </summary>
internal static class CdaText
{
    private const string Cda = "urn:hl7-org:v3";
    private const long MostCharacters = 32_000_000;
    private const int Deepest = 512;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document, its encoding stated in it.</param>
    /// <param name="charset">Character set stated outside of it, or null.</param>
    /// <param name="wrapped">Reads what the document wraps: media type and bytes.</param>
    public static DocumentText Read(byte[] bytes, string? charset, Func<string?, byte[], DocumentText> wrapped)
    {
        try
        {
            if (charset is null)
            {
                using var stream = new MemoryStream(bytes, writable: false);
                using var reader = XmlReader.Create(stream, s_settings);
                return Read(reader, bytes, wrapped);
            }

            if (!Charsets.TryDecode(bytes, charset, out var text))
                return DocumentText.Not(UnreadReason.UnknownCharset);

            using var characters = new StringReader(text.TrimStart('\uFEFF'));
            using var decoded = XmlReader.Create(characters, s_settings);
            return Read(decoded, bytes, wrapped);
        }
        catch (XmlException)
        {
            return DocumentText.Not(bytes.LongLength > MostCharacters ? UnreadReason.TooLarge : UnreadReason.Damaged);
        }
    }

    private static DocumentText Read(XmlReader reader, byte[] bytes, Func<string?, byte[], DocumentText> wrapped)
    {
        reader.MoveToContent();
        if (reader is { LocalName: "html", NamespaceURI: "http://www.w3.org/1999/xhtml" })
            return HtmlText.Read(bytes);
        if (reader is not { LocalName: "ClinicalDocument", NamespaceURI: Cda })
            return DocumentText.Not(UnreadReason.UnknownFormat);

        var text = new LaidOutText();
        var parents = new Stack<string>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.NamespaceURI == Cda && reader.LocalName == "text" && parents.TryPeek(out var body) && body == "nonXMLBody":
                    return Wrapped(reader, wrapped);
                case XmlNodeType.Element when reader.NamespaceURI == Cda && IsNarrative(reader.LocalName, parents.TryPeek(out var parent) ? parent : "ClinicalDocument"):
                    Narrative(reader, text);
                    break;
                case XmlNodeType.Element when !reader.IsEmptyElement:
                    if (parents.Count >= Deepest)
                        return DocumentText.Not(UnreadReason.TooLarge);
                    parents.Push(reader.LocalName);
                    break;
                case XmlNodeType.EndElement when parents.Count > 0:
                    parents.Pop();
                    break;
            }
        }

        return text.Length == 0 ? DocumentText.Not(UnreadReason.NoText) : DocumentText.Of(text.ToString());
    }

    private static bool IsNarrative(string name, string parent) => (name, parent) is ("title", "ClinicalDocument") or ("title", "section") or ("text", "section");

    /// <summary>Reads one title or narrative block, up to its end.</summary>
    private static void Narrative(XmlReader reader, LaidOutText text)
    {
        text.EndLine();
        if (reader.IsEmptyElement)
            return;

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.Element or XmlNodeType.EndElement when reader.LocalName is "td" or "th":
                    if (reader.NodeType == XmlNodeType.EndElement)
                        text.EndCell();
                    break;
                case XmlNodeType.Element or XmlNodeType.EndElement when reader.LocalName is "paragraph" or "item" or "list" or "tr" or "table" or "caption" or "br" or "thead" or "tbody":
                    text.EndLine();
                    break;
            }
        }

        text.EndLine();
    }

    private static DocumentText Wrapped(XmlReader reader, Func<string?, byte[], DocumentText> wrapped)
    {
        var (mediaType, isBase64) = (reader.GetAttribute("mediaType"), reader.GetAttribute("representation") == "B64");
        var content = reader.IsEmptyElement ? "" : reader.ReadElementContentAsString();
        if (!isBase64)
            return wrapped(mediaType, Encoding.UTF8.GetBytes(content));
        if (DocumentFormats.RefuseByMediaType(MediaType.Read(mediaType).Name) is { } refused)
            return DocumentText.Not(refused);

        var bytes = new byte[(content.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(content, bytes, out var written) ? wrapped(mediaType, bytes[..written]) : DocumentText.Not(UnreadReason.Damaged);
    }
}
