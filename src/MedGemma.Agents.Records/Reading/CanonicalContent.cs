using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedGemma.Agents.Records.Reading;

/// <summary>
/// One spelling for JSON that means the same: properties sorted by UTF-16 code unit and no white space, as in RFC 8785 (<see href="https://www.rfc-editor.org/rfc/rfc8785"/>),
/// but numbers stay as written, because in FHIR <c>1.0</c> and <c>1.00</c> differ in precision (<see href="https://hl7.org/fhir/R4/datatypes.html#decimal"/>).
/// </summary>
public static class CanonicalContent
{
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };

    /// <summary>The canonical UTF-8 bytes of a value.</summary>
    /// <param name="value">Any JSON value without duplicate property names.</param>
    public static byte[] Write(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The lower-case hexadecimal SHA-256 of the canonical bytes: the version of a resource whose source gives none.</summary>
    /// <param name="value">Any JSON value without duplicate property names.</param>
    public static string Hash(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        WriteTo(buffer, value);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void WriteTo(ArrayBufferWriter<byte> buffer, JsonElement value)
    {
        using var writer = new Utf8JsonWriter(buffer, Written);
        Write(writer, value);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var properties = value.EnumerateObject().ToArray();
                Array.Sort(properties, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
                foreach (var property in properties)
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
