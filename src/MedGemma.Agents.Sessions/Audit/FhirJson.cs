using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// The FHIR R4 data types that AuditEvent and Provenance are made of, as JSON (<see href="https://hl7.org/fhir/R4/json.html"/>). Written by hand, because every
/// turn writes three resources of a fixed shape, and the SDK's object model and serializer were a noticeable part of a quick turn; the tests
/// read each resource back with the SDK in its strict mode.
/// </summary>
internal static class FhirJson
{
    private const int UsualLength = 1024;

    /// <summary>Writes one resource.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">What it is written from.</param>
    /// <param name="members">Writes its elements.</param>
    public static string Write<T>(string type, T value, Action<Utf8JsonWriter, T> members)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualLength);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("resourceType"u8, type);
            members(writer, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a Coding as the value of a property or as an item.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="system">Its system.</param>
    /// <param name="code">Its code.</param>
    /// <param name="display">Its display, or null.</param>
    public static void WriteCoding(this Utf8JsonWriter writer, string system, string code, string? display)
    {
        writer.WriteStartObject();
        writer.WriteString("system"u8, system);
        writer.WriteString("code"u8, code);
        if (display is not null)
            writer.WriteString("display"u8, display);

        writer.WriteEndObject();
    }

    /// <summary>Writes a CodeableConcept of one Coding.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="system">Its system.</param>
    /// <param name="code">Its code.</param>
    /// <param name="display">Its display.</param>
    public static void WriteConcept(this Utf8JsonWriter writer, string system, string code, string display)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("coding"u8);
        writer.WriteCoding(system, code, display);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes a Reference to what is no FHIR resource here.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="identifier">What it is named by.</param>
    public static void WriteReference(this Utf8JsonWriter writer, (string System, string Value) identifier)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("identifier"u8);
        writer.WriteString("system"u8, identifier.System);

        // An element may be left out, and must not be empty: https://hl7.org/fhir/R4/datatypes.html#string
        if (identifier.Value.Length > 0)
            writer.WriteString("value"u8, identifier.Value);

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes a Reference of one member.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="member"><c>reference</c> or <c>display</c>.</param>
    /// <param name="value">Its value.</param>
    public static void WriteReference(this Utf8JsonWriter writer, string member, string value)
    {
        writer.WriteStartObject();
        writer.WriteString(member, value);
        writer.WriteEndObject();
    }
}
