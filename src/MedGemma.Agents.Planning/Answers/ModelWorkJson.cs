using System.Text.Json;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The JSON of what models did, in an answer and in the turn store. Thread-safe.</summary>
public static class ModelWorkJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>Writes it as UTF-8 JSON.</summary>
    /// <param name="work">What models did.</param>
    public static byte[] Write(ModelWork work) => JsonSerializer.SerializeToUtf8Bytes(work, s_options);

    /// <summary>Reads what <see cref="Write(ModelWork)"/> wrote.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ModelWork Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ModelWork>(json, s_options) ?? throw new JsonException("The work of models was expected, not null.");

    /// <summary>
    /// Writes into an answer who took part and what it cost; null when no model was asked. What models wrote stays out: it is not verified, and stands in the stored turn.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="work">What models did, or null.</param>
    public static void WriteSummary(Utf8JsonWriter writer, ModelWork? work)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (work is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("agents");
        JsonSerializer.Serialize(writer, work.Agents, s_options);
        writer.WriteNumber("calls", work.Calls.Count);
        writer.WriteNumber("inputTokens", work.Calls.Sum(call => call.InputTokens ?? 0));
        writer.WriteNumber("outputTokens", work.Calls.Sum(call => call.OutputTokens ?? 0));
        writer.WriteEndObject();
    }
}
