using System.Text.Json;
using System.Text.Json.Serialization;
using MedGemma.Agents.Planning.Contradictions;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The JSON of contradictions.</summary>
internal static class ContradictionJson
{
    private static readonly JsonSerializerOptions s_words = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The word for a kind.</summary>
    public static string NameOf(ContradictionKind kind) => JsonSerializer.SerializeToElement(kind, s_words).GetString()!;

    public static void Write(Utf8JsonWriter writer, Contradiction contradiction)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", NameOf(contradiction.Kind));
        writer.WriteString("text", contradiction.Text);
        writer.WriteString("quote", contradiction.Quote);
        ClaimJson.WriteEvidence(writer, "oneSide", contradiction.OneSide);
        ClaimJson.WriteEvidence(writer, "otherSide", contradiction.OtherSide);
        writer.WriteEndObject();
    }
}
