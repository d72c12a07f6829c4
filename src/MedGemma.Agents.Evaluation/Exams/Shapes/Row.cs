using System.Globalization;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>Members of a row, read strictly.</summary>
internal static class Row
{
    /// <summary>Text that must be there and not blank.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static string Text(JsonElement row, string name) => OptionalText(row, name) ?? throw new FormatException($"{name} is missing or no text");

    /// <summary>Text, or null when it is absent, null, blank or no text.</summary>
    public static string? OptionalText(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>A number or text that names the row; null when absent.</summary>
    public static string? Name(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : OptionalText(row, name);

    /// <summary>A whole number.</summary>
    /// <exception cref="FormatException">It is absent or none.</exception>
    public static int Whole(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw new FormatException($"{name} is missing or no whole number");

    /// <summary>Texts.</summary>
    /// <exception cref="FormatException">It is absent, or holds something else.</exception>
    public static IReadOnlyList<string> Texts(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{name} is missing or no array");

        return [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new FormatException($"{name} holds something that is no text"))];
    }

    /// <summary>The letter of the option at a place from 0.</summary>
    /// <exception cref="FormatException">There is no such option.</exception>
    public static char Letter(int place, IReadOnlyList<ExamOption> options) =>
        place >= 0 && place < options.Count ? options[place].Letter : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"option {place} is not among the {options.Count} options"));
}
