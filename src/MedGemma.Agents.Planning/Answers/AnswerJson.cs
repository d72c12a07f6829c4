using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>
/// The JSON of an answer, the same on the command line (<c>--json</c>), over HTTP and in the turn store. Values are native JSON: numbers with the
/// digits they were recorded with, booleans, dates and instants as recorded, strings. Every member is always there; what does not apply is null or empty.
/// </summary>
public static class AnswerJson
{
    // Letters stay readable; what HTML would take for markup is escaped, so that the JSON may stand inside a page.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes an answer as UTF-8 JSON on one line.</summary>
    /// <param name="answer">The answer.</param>
    public static byte[] ToUtf8(Answer answer) => Write(writer => Write(writer, answer));

    /// <summary>Writes an answer as JSON text.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="indented">True for several lines, for people.</param>
    public static string ToText(Answer answer, bool indented = false) => Encoding.UTF8.GetString(Write(writer => Write(writer, answer), indented));

    /// <summary>Writes one claim as UTF-8 JSON, in the shape that it has inside an answer.</summary>
    /// <param name="claim">The claim.</param>
    public static byte[] ToUtf8(Claim claim) => Write(writer => ClaimJson.Write(writer, claim));

    /// <summary>Writes an answer.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="answer">The answer.</param>
    public static void Write(Utf8JsonWriter writer, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(answer);

        writer.WriteStartObject();
        writer.WriteString("status", NameOf(answer.Status));
        writer.WriteString("text", answer.Text);
        writer.WriteStartArray("values");
        foreach (var value in answer.Values)
            value.WriteTo(writer);

        writer.WriteEndArray();
        writer.WriteString("unit", answer.Unit);
        WriteClaims(writer, "claims", answer.Claims);
        WriteClaims(writer, "dropped", answer.Dropped);
        writer.WriteStartArray("queries");
        foreach (var result in answer.Queries)
            QueryResultJson.Write(writer, result);

        writer.WriteEndArray();
        writer.WritePropertyName("receipt");
        WriteReceipt(writer, answer.Receipt);
        writer.WriteStrings("banners", answer.Banners);
        writer.WriteStartArray("contradictions");
        foreach (var contradiction in answer.Contradictions)
            ContradictionJson.Write(writer, contradiction);

        writer.WriteEndArray();
        writer.WriteStrings("contradictionsNotChecked", [.. answer.ContradictionsNotChecked.Select(ContradictionJson.NameOf)]);
        writer.WriteString("planner", answer.Planner);
        writer.WriteString("asOf", answer.AsOf);
        if (answer.Reason is { } reason)
        {
            writer.WriteStartObject("reason");
            writer.WriteString("code", reason.Code);
            writer.WriteString("message", reason.Message);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("reason");
        }

        writer.WritePropertyName("model");
        ModelWorkJson.WriteSummary(writer, answer.Model);
        writer.WritePropertyName("other");
        if (answer.Other is { } other)
            Write(writer, other);
        else
            writer.WriteNullValue();

        writer.WriteEndObject();
    }

    /// <summary>Writes the receipt of a record: types by name.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="receipt">The receipt.</param>
    public static void WriteReceipt(Utf8JsonWriter writer, Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(receipt);

        writer.WriteStartObject();
        writer.WriteString("source", receipt.Source);
        writer.WriteString("readAt", receipt.ReadAt);
        writer.WriteBoolean("allComplete", receipt.IsWhole);
        writer.WriteStrings("elsewhere", receipt.Elsewhere);
        writer.WriteStartObject("types");
        foreach (var (type, read) in receipt.Types.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(type);
            writer.WriteNumber("read", read.Read);
            writer.WriteNumberOrNull("total", read.Total);
            writer.WriteNumber("pages", read.Pages);
            writer.WriteBoolean("complete", receipt.IsComplete(type));
            writer.WriteString("denied", read.Denied);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads the receipt of an answer that was written.</summary>
    /// <param name="answer">The answer as JSON.</param>
    /// <returns>What the record was read from; null when the answer has none.</returns>
    public static Receipt? ReadReceipt(JsonElement answer)
    {
        if (!answer.TryGetProperty("receipt", out var receipt) || receipt.ValueKind != JsonValueKind.Object)
            return null;

        var types = receipt.GetProperty("types").EnumerateObject().ToDictionary(
            type => type.Name,
            type => new TypeReceipt(
                type.Name,
                type.Value.GetProperty("read").GetInt32(),
                type.Value.GetProperty("total") is { ValueKind: JsonValueKind.Number } total ? total.GetInt32() : null,
                type.Value.GetProperty("pages").GetInt32(),
                type.Value.GetProperty("complete").GetBoolean(),
                type.Value.GetProperty("denied").GetString()),
            StringComparer.Ordinal);
        return new Receipt(receipt.GetProperty("source").GetString()!, receipt.GetProperty("readAt").GetDateTimeOffset(), types, receipt.GetProperty("allComplete").GetBoolean());
    }

    /// <summary>The word for a status in JSON.</summary>
    /// <param name="status">The status.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a status.</exception>
    public static string NameOf(AnswerStatus status) => status switch
    {
        AnswerStatus.Answered => "answered",
        AnswerStatus.NoneRecorded => "none_recorded",
        AnswerStatus.Unsure => "unsure",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not an answer status."),
    };

    private static void WriteClaims(Utf8JsonWriter writer, string name, IReadOnlyList<Claim> claims)
    {
        writer.WriteStartArray(name);
        foreach (var claim in claims)
            ClaimJson.Write(writer, claim);

        writer.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Encoder, Indented = indented }))
            write(writer);

        return buffer.WrittenSpan.ToArray();
    }
}
