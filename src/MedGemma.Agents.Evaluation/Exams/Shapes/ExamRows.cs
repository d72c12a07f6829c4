using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>The rows of an exam's file: JSON Lines, or one object of rows by key (the original form of PubMedQA), whose key becomes a member of the row.</summary>
internal static class ExamRows
{
    /// <summary>The member that holds a row's key.</summary>
    public const string KeyName = "key";

    /// <summary>Reads every row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="EvaluationRefusedException">A line is no JSON object.</exception>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        return Whole(text) ?? Lines(text, Path.GetFileName(path));
    }

    private static List<JsonElement>? Whole(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject rows && rows.Count > 0 && rows.All(row => row.Value is JsonObject)
                ? [.. rows.Select(row => Keyed(row.Key, (JsonObject)row.Value!))]
                : null;
        }
        catch (JsonException)
        {
            // Several objects one after another: JSON Lines.
            return null;
        }
    }

    private static JsonElement Keyed(string key, JsonObject row)
    {
        var copy = (JsonObject)row.DeepClone();
        copy[KeyName] = key;
        return JsonSerializer.SerializeToElement(copy);
    }

    private static List<JsonElement> Lines(string text, string name)
    {
        var rows = new List<JsonElement>();
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;

            try
            {
                using var document = JsonDocument.Parse(line);
                rows.Add(document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new JsonException("An object was expected."));
            }
            catch (JsonException problem)
            {
                throw new EvaluationRefusedException($"{name}:{number + 1}: not a JSON object", problem);
            }
        }

        return rows;
    }
}
