using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Tests.Fixtures;

/// <summary>A question of the repository's synthetic patients.</summary>
internal sealed record FixtureQuestion(string Patient, string Text, DateTimeOffset AsOf, AskerRole Asker)
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures");

    public static IReadOnlyList<FixtureQuestion> All { get; } =
        [.. File.ReadLines(Path.Combine(Folder, "expected", "questions.jsonl")).Select(Parse)];

    public ChartQuestion ToChartQuestion() => new(Text, AsOf, Asker, []);

    private static FixtureQuestion Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new FixtureQuestion(
            root.GetProperty("patient").GetString()!,
            root.GetProperty("question").GetString()!,
            DateTimeOffset.Parse(root.GetProperty("now").GetString()!, CultureInfo.InvariantCulture),
            root.GetProperty("perspective").GetString() == "patient" ? AskerRole.Patient : AskerRole.Clinician);
    }
}
