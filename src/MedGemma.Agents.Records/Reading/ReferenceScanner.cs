using System.Text.Json;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Finds what a resource points at: every <c>Reference.reference</c> and <c>Attachment.url</c>, at any depth.</summary>
internal static class ReferenceScanner
{
    public static void Collect(ReadOnlySpan<byte> json, ISet<string> references)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ResourceInspector.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;

            var isReference = reader.ValueTextEquals("reference"u8) || reader.ValueTextEquals("url"u8);
            if (isReference && reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } reference && reference[0] != '#')
                references.Add(reference);
        }
    }
}
