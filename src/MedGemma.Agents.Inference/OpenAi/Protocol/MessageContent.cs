using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>A message's content: a text, or a list of parts.</summary>
/// <param name="Parts">The parts; a text is one part.</param>
[JsonConverter(typeof(Converter))]
internal sealed record MessageContent(IReadOnlyList<ContentPart> Parts)
{
    public static MessageContent Of(string text) => new([new ContentPart("text", text)]);

    /// <summary>The text parts together.</summary>
    public string Text => string.Concat(Parts.Where(part => part.Type == "text").Select(part => part.Text));

    internal sealed class Converter : JsonConverter<MessageContent>
    {
        public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? Of(reader.GetString()!)
            : new MessageContent(JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.IReadOnlyListContentPart) ?? []);

        public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
        {
            if (value.Parts is [{ Type: "text" } only])
                writer.WriteStringValue(only.Text);
            else
                JsonSerializer.Serialize(writer, value.Parts, ProtocolJson.Default.IReadOnlyListContentPart);
        }
    }
}

/// <summary>A text or an image.</summary>
internal sealed record ContentPart(string? Type, string? Text = null, ImageUrl? ImageUrl = null);

/// <summary>An image as a data URI.</summary>
internal sealed record ImageUrl(string? Url, string? Detail = null);
