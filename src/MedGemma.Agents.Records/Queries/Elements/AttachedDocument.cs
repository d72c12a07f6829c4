using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MedGemma.Agents.Records.Documents;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Derivations;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>
/// One document, attached in one or more formats that all say the same (https://hl7.org/fhir/R4/documentreference-definitions.html#DocumentReference.content,
/// https://hl7.org/fhir/R4/diagnosticreport-definitions.html#DiagnosticReport.presentedForm): it is unread only when it can be read whole in none of them.
/// </summary>
/// <param name="Texts">Its texts, those of equal content once.</param>
/// <param name="Unread">What could not be read of it.</param>
internal readonly record struct AttachedDocument(IReadOnlyList<ElementValue> Texts, IReadOnlyList<UnreadText> Unread)
{
    // A document with markup is read once for as long as its resource lives; its text is shorter than what it was read from, which the record keeps too.
    private static readonly ConditionalWeakTable<RecordResource, ConcurrentDictionary<string, DocumentText>> s_read = [];

    /// <summary>Reads a document.</summary>
    /// <param name="record">The record, for attachments that stand in a Binary of their own.</param>
    /// <param name="resource">The resource that the document is attached to.</param>
    /// <param name="formats">The attachments.</param>
    public static AttachedDocument Read(PatientRecord record, ElementCursor resource, IEnumerable<ElementCursor> formats)
    {
        var (texts, unread, isWhole) = (new List<ElementValue>(), new List<UnreadText>(), false);
        foreach (var attachment in formats)
        {
            var (text, reason) = ReadOne(record, attachment);
            if (text is not null && !texts.Exists(other => other.Value.ValueEquals(text.Value.GetString())))
                texts.Add(text);
            isWhole |= text is not null && reason is null;
            if (reason is { } why)
                unread.Add(new UnreadText(resource.Holder.Key, resource.Holder.Version, attachment.Path, why));
        }

        return new AttachedDocument(texts, isWhole ? [] : unread);
    }

    private static (ElementValue? Text, UnreadReason? Reason) ReadOne(PatientRecord record, ElementCursor attachment)
    {
        var type = attachment.TryChild("contentType", out var stated) ? stated.Text : null;
        if (DocumentFormats.RefuseByMediaType(MediaType.Read(type).Name) is { } refused)
            return (null, refused);
        if (attachment.TryChild("data", out var inline))
            return Decode(inline, type);
        if (!attachment.TryChild("url", out var url) || url.Text is not { } reference || !record.TryFollow(reference, out var binary)
            || ElementCursor.Of(binary) is var at && !at.TryChild("data", out inline))
            return (null, UnreadReason.NotSupplied);

        var (text, reason) = Decode(inline, type ?? (at.TryChild("contentType", out var own) ? own.Text : null));
        return (text is null ? null : text with { Link = url.ToValue() }, reason);
    }

    /// <summary>The text that stands as base64, with the decoding as its derivation.</summary>
    private static (ElementValue? Text, UnreadReason? Reason) Decode(ElementCursor data, string? contentType)
    {
        var media = MediaType.Read(contentType);
        if (data.Text is null || !DerivedValues.TryDecode(data.Text, out var bytes))
            return (null, UnreadReason.Damaged);
        if (!DocumentFormats.TryFind(bytes, media.Name, out var format, out var refused))
            return (null, refused);

        var document = format == TextFormat.Plain
            ? DocumentReader.Read(format, bytes, media.Charset)
            : s_read.GetOrCreateValue(data.Holder).GetOrAdd(data.Path, static (_, read) => DocumentReader.Read(read.format, read.bytes, read.Charset), (format, bytes, media.Charset));
        if (document.Text is not { } text)
            return (null, document.Unread);

        var parameters = new Dictionary<string, string>();
        if (format != TextFormat.Plain)
            parameters[DerivationParameters.Format] = format.ToString().ToLowerInvariant();
        if (media.Charset is not null || format == TextFormat.Plain)
            parameters[DerivationParameters.Charset] = Charsets.NameOf(bytes, media.Charset);
        return (
            new ElementValue(data.Holder, data.Path, JsonSerializer.SerializeToElement(text)) { Computed = new Computation(DerivationParameters.Decode, [data.ToValue()], parameters) },
            document.Unread);
    }
}
