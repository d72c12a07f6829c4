using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What grew and what it resists, where two organisms were tested against the same drug.</summary>
public sealed class CultureQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Culture("urine", "630-4", "Bacteria identified in Urine by Culture", "Escherichia coli", "2025-06-01T08:00:00Z"),
        Culture("wound", "6462-6", "Bacteria identified in Wound by Culture", "Staphylococcus aureus", "2025-06-01T08:00:00Z"),
        Tested("s1", "18906-8", "Ciprofloxacin [Susceptibility]", "R", "Resistant", "urine"),
        Tested("s2", "18895-3", "Ceftriaxone [Susceptibility]", "S", "Susceptible", "urine"),
        Tested("s3", "18906-8", "Ciprofloxacin [Susceptibility]", "S", "Susceptible", "wound"),
        Tested("s4", "18961-3", "Oxacillin [Susceptibility]", "R", "Resistant", "wound"),
    ]);

    [Theory]
    [InlineData("Is the E. coli sensitive to ceftriaxone?", "True")]
    [InlineData("Is the E. coli susceptible to ciprofloxacin?", "False")]
    [InlineData("Is the E. coli resistant to ciprofloxacin?", "True")]
    [InlineData("Is the Staph aureus resistant to ciprofloxacin?", "False")]
    [InlineData("What is the E. coli resistant to?", "Ciprofloxacin [Susceptibility]")]
    [InlineData("Which antibiotics is the staph aureus resistant to?", "Oxacillin [Susceptibility]")]
    [InlineData("Which antibiotics is the urine culture organism resistant to?", "Ciprofloxacin [Susceptibility]")]
    public async Task An_organism_is_told_from_the_other(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
    }

    [Fact]
    public async Task Without_the_organism_results_that_differ_are_not_answered_by_one_of_them()
    {
        var answer = await Answering.AskAsync(s_chart, "Is it susceptible to ciprofloxacin?");

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.Contains("differ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organism_that_did_not_grow_has_no_results()
    {
        var answer = await Answering.AskAsync(s_chart, "What is the klebsiella resistant to?");

        Assert.NotEqual(AnswerStatus.Answered, answer.Status);
        Assert.Empty(answer.Values);
    }

    private static string Culture(string id, string code, string display, string organism, string time) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{display}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","display":"{{organism}}"}]} }""";

    private static string Tested(string id, string code, string display, string result, string words, string culture) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{display}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-06-01T08:00:00Z","valueCodeableConcept":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"{{result}}","display":"{{words}}"}]},"derivedFrom":[{"reference":"Observation/{{culture}}"}]}""";
}
