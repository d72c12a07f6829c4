using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Questions about panels: they are counted as panels, and their results are those of all their tests.</summary>
public sealed class PanelQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Laboratory("tc1", "2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", 210, "2023-04-01T08:00:00Z"),
        Laboratory("ldl1", "13457-7", "Cholesterol in LDL [Mass/volume] in Serum or Plasma", 130, "2023-04-01T08:00:00Z"),
        Laboratory("tc2", "2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", 180, "2024-04-01T08:00:00Z"),
        Laboratory("ldl2", "13457-7", "Cholesterol in LDL [Mass/volume] in Serum or Plasma", 95, "2024-04-01T08:00:00Z"),
        Laboratory("na", "2951-2", "Sodium [Moles/volume] in Serum or Plasma", 139, "2024-05-01T08:00:00Z"),
        Laboratory("k", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", 4.2m, "2024-06-01T08:00:00Z"),
        Report("lip1", "2023-04-01T08:00:00Z", "tc1", "ldl1"),
        Report("lip2", "2024-04-01T08:00:00Z", "tc2", "ldl2"),
    ]);

    [Theory]
    [InlineData("How many lipid panels has she had?", "2")]
    [InlineData("How many times was a lipid panel done?", "2")]
    [InlineData("How many lipid panels were done in 2024?", "1")]
    [InlineData("When was the last lipid panel?", "2024-04-01T08:00:00Z")]
    [InlineData("What were the results of the most recent lipid panel?", "180", "95")]
    [InlineData("latest lipids", "180", "95")]
    [InlineData("first lipid panel values", "210", "130")]
    [InlineData("lytes", "139", "4.2")]
    [InlineData("latest LDL", "95")]
    public async Task A_panel_is_counted_once_and_read_as_a_whole(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Values.Select(value => value.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_group_that_is_not_recorded_as_one_is_not_counted() =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, "How many times were lytes done?")).Status);

    private static string Laboratory(string id, string code, string name, decimal value, string time) =>
        FormattableString.Invariant($$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{name}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value}},"unit":"mg/dL"} }""");

    private static string Report(string id, string time, params string[] results) =>
        $$"""{"resourceType":"DiagnosticReport","id":"{{id}}","status":"final","category":[{"coding":[{"code":"LAB"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"57698-3","display":"Lipid panel with direct LDL - Serum or Plasma"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","result":[{{string.Join(',', results.Select(result => $$"""{"reference":"Observation/{{result}}"}"""))}}]}""";
}
