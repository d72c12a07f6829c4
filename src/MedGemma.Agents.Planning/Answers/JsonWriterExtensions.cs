using System.Text.Json;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>Members that <see cref="Utf8JsonWriter"/> has no call for.</summary>
internal static class JsonWriterExtensions
{
    public static void WriteStrings(this Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);

        writer.WriteEndArray();
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
