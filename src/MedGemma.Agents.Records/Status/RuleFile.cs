using System.Text.Json;

namespace MedGemma.Agents.Records.Status;

/// <summary>Reads the rule tables that are embedded in this assembly.</summary>
internal static class RuleFile
{
    /// <summary>The rows of an embedded table.</summary>
    /// <param name="name">File name in this folder.</param>
    /// <exception cref="InvalidDataException">The table is missing or has no rows: the build is broken.</exception>
    public static JsonElement Rows(string name)
    {
        using var stream = typeof(RuleFile).Assembly.GetManifestResourceStream($"MedGemma.Agents.Records.Status.{name}")
            ?? throw new InvalidDataException($"The embedded table {name} is missing.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("rows").Clone();
    }

    /// <summary>The rule of one row.</summary>
    /// <param name="row">An object with <c>standing</c> and possibly <c>label</c>.</param>
    /// <exception cref="InvalidDataException">The standing is no known word.</exception>
    public static StatusRule Rule(JsonElement row)
    {
        var standing = row.GetProperty("standing").GetString() switch
        {
            "counts" => Standing.Counts,
            "label" => Standing.CountsWithLabel,
            "never" => Standing.NeverCounts,
            _ => throw new InvalidDataException("A status rule has an unknown standing."),
        };
        return new StatusRule(standing, row.TryGetProperty("label", out var label) ? label.GetString() : null);
    }
}
