using System.Text.Json;

namespace MedGemma.Agents.Records.Reading;

/// <summary>The parts of one <c>Bundle.entry</c>.</summary>
/// <param name="FullUrl"><c>fullUrl</c>.</param>
/// <param name="Resource">Bytes of <c>resource</c>, as received.</param>
/// <param name="Method"><c>request.method</c>.</param>
/// <param name="IsResponse">Whether the entry has a <c>response</c>, which may do without a resource.</param>
internal readonly record struct BundleEntry(string? FullUrl, ReadOnlyMemory<byte>? Resource, string? Method, bool IsResponse)
{
    /// <summary>Takes an entry apart; null when it is no JSON object or has a part twice.</summary>
    public static BundleEntry? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return null;

            var entry = default(BundleEntry);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
                var value = json[start..(int)reader.BytesConsumed];
                if (name == "resource" && entry.Resource is not null)
                    return null;

                entry = name switch
                {
                    "fullUrl" => entry with { FullUrl = text },
                    "resource" => entry with { Resource = value },
                    "request" => entry with { Method = MethodOf(value) },
                    "response" => entry with { IsResponse = true },
                    _ => entry,
                };
            }

            return entry;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? MethodOf(ReadOnlyMemory<byte> request)
    {
        var reader = new Utf8JsonReader(request.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMethod = reader.ValueTextEquals("method"u8);
            reader.Read();
            if (isMethod)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }
}
