using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat.Tools;

/// <summary>
/// Tool calls as JSON in the model's turn, the form that Google names for Gemma 3, which has no tokens for them
/// (https://ai.google.dev/gemma/docs/capabilities/function-calling): <c>{"name": ..., "parameters": {...}}</c>, or a list of such calls.
/// </summary>
internal static class ToolCallJson
{
    // What stands in a prompt is no page: only what JSON requires is escaped.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>A call, as the model would write it.</summary>
    public static string Write(FunctionCallContent call) => Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", call.Name);
        writer.WritePropertyName("parameters");
        writer.WriteStartObject();
        foreach (var (name, value) in call.Arguments ?? new Dictionary<string, object?>())
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>What a tool gave, for the model to read.</summary>
    public static string WriteResult(string tool, FunctionResultContent result) => Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", tool);
        writer.WritePropertyName("result");
        WriteValue(writer, result.Result);
        writer.WriteEndObject();
    });

    /// <summary>The tools that a model is told of.</summary>
    public static string WriteDeclarations(IReadOnlyList<AIFunctionDeclaration> tools) => Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            if (tool.Description.Length > 0)
                writer.WriteString("description", tool.Description);

            writer.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Reads an answer that is nothing but calls, in a fenced block or not.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <param name="newId">Makes the identifier of a call.</param>
    /// <param name="calls">The calls; at least one.</param>
    public static bool TryRead(string answer, Func<string> newId, [NotNullWhen(true)] out IReadOnlyList<FunctionCallContent>? calls)
    {
        calls = null;
        try
        {
            using var document = JsonDocument.Parse(Unfenced(answer));
            var found = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToList() : [document.RootElement];
            if (found.Count == 0 || !found.TrueForAll(IsCall))
                return false;

            calls = [.. found.Select(call => new FunctionCallContent(newId(), call.GetProperty("name").GetString()!, Arguments(call.GetProperty("parameters"))))];
            return true;
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException)
        {
            // No JSON, or with an unpaired surrogate in it: an answer in words.
            return false;
        }
    }

    private static bool IsCall(JsonElement call) =>
        call.ValueKind == JsonValueKind.Object
        && call.GetPropertyCount() == 2
        && call.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && call.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object;

    private static Dictionary<string, object?> Arguments(JsonElement parameters)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var parameter in parameters.EnumerateObject())
            arguments[parameter.Name] = parameter.Value.Clone();

        return arguments;
    }

    private static string Unfenced(string answer)
    {
        var text = answer.Trim();
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        return text.Length > 6 && text.StartsWith("```", StringComparison.Ordinal) && text.EndsWith("```", StringComparison.Ordinal) && line > 0 && line < text.Length - 3
            ? text[(line + 1)..^3]
            : text;
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        if (value is JsonElement element)
            element.WriteTo(writer);
        else if (value is string text)
            writer.WriteStringValue(text);
        else
            JsonSerializer.Serialize(writer, value, AIJsonUtilities.DefaultOptions);
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Encoder }))
            write(writer);

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
