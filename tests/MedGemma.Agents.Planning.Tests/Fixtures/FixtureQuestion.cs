using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Tests.Fixtures;

/// <summary>A question of the repository's synthetic patients, with the answer that their generator knows.</summary>
/// <param name="Patient">Logical id of the patient.</param>
/// <param name="Text">The question.</param>
/// <param name="AsOf">When it is asked.</param>
/// <param name="Asker">Who asks it.</param>
/// <param name="Status">Word of the right status.</param>
/// <param name="Gold">The right values.</param>
internal sealed record FixtureQuestion(string Patient, string Text, DateTimeOffset AsOf, AskerRole Asker, string Status, IReadOnlyList<JsonElement> Gold)
{
    private const decimal Tolerance = 1e-6m;

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures");

    public static IReadOnlyList<FixtureQuestion> All { get; } =
        [.. File.ReadLines(Path.Combine(Folder, "expected", "questions.jsonl")).Select(Parse)];

    public ChartQuestion ToChartQuestion() => new(Text, AsOf, Asker, []);

    /// <summary>Whether an answer is right: its status, every value of the gold, and no other.</summary>
    public bool IsRight(Answer answer) =>
        AnswerJson.NameOf(answer.Status) == Status
        && (answer.Status != AnswerStatus.Answered || (Gold.All(gold => answer.Values.Any(value => IsSame(gold, value))) && answer.Values.All(value => Gold.Any(gold => IsSame(gold, value)))));

    private static bool IsSame(JsonElement gold, JsonElement value) => (gold.ValueKind, value.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Math.Abs(gold.GetDecimal() - value.GetDecimal()) <= Tolerance,
        (JsonValueKind.String, JsonValueKind.String) when gold.TryGetDateTimeOffset(out var instant) && gold.GetString()!.Length > 10 => value.TryGetDateTimeOffset(out var said) && said == instant,
        (JsonValueKind.String, JsonValueKind.String) => string.Equals(gold.GetString(), value.GetString(), StringComparison.OrdinalIgnoreCase),
        _ => gold.ValueKind == value.ValueKind,
    };

    private static FixtureQuestion Parse(string line)
    {
        var root = JsonElement.Parse(line);
        return new FixtureQuestion(
            root.GetProperty("patient").GetString()!,
            root.GetProperty("question").GetString()!,
            DateTimeOffset.Parse(root.GetProperty("now").GetString()!, CultureInfo.InvariantCulture),
            root.GetProperty("perspective").GetString() == "patient" ? AskerRole.Patient : AskerRole.Clinician,
            root.GetProperty("status").GetString()!,
            [.. root.GetProperty("answer").EnumerateArray()]);
    }
}
