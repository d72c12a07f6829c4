using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Benchmarks;

/// <summary>A question of the synthetic patients.</summary>
/// <param name="Patient">Logical id of the patient.</param>
/// <param name="Text">The question.</param>
/// <param name="AsOf">When it is asked.</param>
/// <param name="Asker">Who asks it.</param>
internal sealed record FixtureQuestion(string Patient, string Text, DateTimeOffset AsOf, AskerRole Asker)
{
    /// <summary>Folder of the synthetic patients beside the program.</summary>
    public static string PatientFolder { get; } = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures", "patients");

    /// <summary>Reads all of them.</summary>
    public static IReadOnlyList<FixtureQuestion> ReadAll() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "fhir-fixtures", "expected", "questions.jsonl")).Select(Parse)];

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
