using System.Text.Json;
using System.Text.Json.Serialization;
using MedGemma.Agents.Planning.Contradictions;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The JSON of contradictions.</summary>
internal static class ContradictionJson
{
    private static readonly JsonSerializerOptions s_words = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void Write(Utf8JsonWriter writer, Contradiction contradiction)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("kind");
        JsonSerializer.Serialize(writer, contradiction.Kind, s_words);
        writer.WriteString("text", contradiction.Text);
        writer.WriteString("quote", contradiction.Quote);
        ClaimJson.WriteEvidence(writer, "oneSide", contradiction.OneSide);
        ClaimJson.WriteEvidence(writer, "otherSide", contradiction.OtherSide);
        writer.WriteEndObject();
    }
}
