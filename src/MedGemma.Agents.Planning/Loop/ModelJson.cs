using System.Text;
using System.Text.Json;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Reads the JSON object that a model wrote, also where its server knows no grammars and it stands in a Markdown fence.</summary>
internal static class ModelJson
{
    private const string Fence = "```";
    private const int Deepest = 32;

    public static bool TryParse(string text, out JsonElement json)
    {
        json = default;
        try
        {
            var utf8 = Encoding.UTF8.GetBytes(Unfenced(text.Trim()));
            CheckStrings(utf8);
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            json = document.RootElement.Clone();
            return json.ValueKind == JsonValueKind.Object;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Half a surrogate pair, escaped, is JSON but no text: whoever reads it later would throw.</summary>
    private static void CheckStrings(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                _ = reader.GetString();
        }
    }

    private static string Unfenced(string text)
    {
        if (!text.StartsWith(Fence, StringComparison.Ordinal) || !text.EndsWith(Fence, StringComparison.Ordinal))
            return text;

        var start = text.IndexOf('\n', StringComparison.Ordinal);
        return start < 0 || start > text.Length - Fence.Length ? text : text[start..^Fence.Length];
    }
}
