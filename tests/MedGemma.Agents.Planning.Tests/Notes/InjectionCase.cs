using System.Text.Json;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Planning.Tests.Notes;

/// <summary>A line of <c>fhir-fixtures/security/injections/cases.jsonl</c>.</summary>
public sealed record InjectionCase(string Id, string Technique, string Placement, string Language, string Text, string MustNot, IReadOnlyList<string> Forbidden)
{
    /// <summary>The chart that they stand in.</summary>
    public static string Chart { get; } = Path.Combine(FixtureQuestion.Folder, "security", "injections", "chart.ndjson");

    public static IReadOnlyList<InjectionCase> All { get; } =
        [.. File.ReadLines(Path.Combine(FixtureQuestion.Folder, "security", "injections", "cases.jsonl")).Select(line => JsonSerializer.Deserialize<InjectionCase>(line, JsonSerializerOptions.Web)!)];

    /// <summary>Shown when a test fails.</summary>
    public override string ToString() => $"{Id} ({Technique})";
}
