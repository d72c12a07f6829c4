using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>Writes a value in the one way that a grammar accepts, with or without the optional spaces.</summary>
internal static class InstanceText
{
    public static string Write(JsonNode? value, Random random)
    {
        var text = new StringBuilder();
        Write(value, random, text);
        return text.ToString();
    }

    private static void Write(JsonNode? value, Random random, StringBuilder text)
    {
        var space = random.Next(2) == 0 ? " " : "";
        switch (value)
        {
            case JsonObject members:
                text.Append('{');
                foreach (var (i, (name, member)) in members.Index())
                {
                    text.Append(i > 0 ? "," + space : "").Append(Quoted(name)).Append(':').Append(space);
                    Write(member, random, text);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var (i, item) in items.Index())
                {
                    text.Append(i > 0 ? "," + space : "");
                    Write(item, random, text);
                }

                text.Append(']');
                break;
            case JsonValue leaf when leaf.GetValueKind() == JsonValueKind.String:
                text.Append(Quoted((string)leaf!));
                break;
            default:
                text.Append(value?.ToJsonString() ?? "null");
                break;
        }
    }

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
