using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What is asked at the bedside: what went in and came out, where, and beside the range.</summary>
public sealed class WardQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"male","birthDate":"1950-05-06"}""",
        Stay("ward", "IMP", "2026-01-10T08:00:00Z", "2026-01-20T08:00:00Z"),
        Stay("door", "EMER", "2026-01-10T05:00:00Z", "2026-01-10T08:00:00Z"),
        Output("f1", "Foley", 300, "2026-01-14T14:00:00Z"),
        Output("f2", "Foley", 200, "2026-01-15T02:00:00Z"),
        Output("v1", "Void", 150, "2026-01-15T08:00:00Z"),
        Output("c1", "Chest Tube #1", 40, "2026-01-15T08:00:00Z"),
        Pulse("p1", 120, "2026-01-10T06:00:00Z"),
        Pulse("p2", 90, "2026-01-12T06:00:00Z"),
        $$"""{"resourceType":"Condition","id":"old","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Hypertension"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2009-03-01"}""",
        $$"""{"resourceType":"Condition","id":"now","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Sepsis"},{{HandWrittenRecord.Subject}},"encounter":{"reference":"Encounter/ward"},"onsetDateTime":"2026-01-10"}""",
        $$"""{"resourceType":"Procedure","id":"scope","status":"completed","code":{"text":"Endoscopy"},{{HandWrittenRecord.Subject}},"performedDateTime":"2026-01-11T10:00:00Z"}""",
    ]);

    [Theory]
    [InlineData("Urine output over the last 24 hours?", "650")]
    [InlineData("UOP last 24 h", "650")]
    [InlineData("urine output total", "650")]
    [InlineData("How many mL came out of the chest tube?", "40")]
    [InlineData("chest tube output in total", "40")]
    [InlineData("What was the last urine output?", "150")]
    [InlineData("How many urine outputs were recorded?", "3")]
    public Task What_came_out_adds_up_when_an_amount_is_asked_for(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public Task A_place_says_when() => AnswersAsync("Highest heart rate in the ED?", "120");

    [Theory]
    [InlineData("What were the diagnoses of the last hospital stay?")]
    [InlineData("Which diagnoses were recorded during the last hospital stay?")]
    public Task Diagnoses_of_a_stay_are_those_recorded_for_it(string question) => AnswersAsync(question, "Sepsis");

    [Fact]
    public Task When_after_whether_asks_for_the_time() => AnswersAsync("Has he had an endoscopy? When?", "True", "2026-01-11T10:00:00Z");

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Stay(string id, string code, string from, string until) =>
        $$$"""{"resourceType":"Encounter","id":"{{{id}}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{{code}}}"},{{{HandWrittenRecord.Subject}}},"period":{"start":"{{{from}}}","end":"{{{until}}}"}}""";

    private static string Output(string id, string name, int volume, string time) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","category":[{"coding":[{"code":"Output"}]}],"code":{"coding":[{"system":"http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-outputevents-d-items","code":"{{{id}}}","display":"{{{name}}}"}]},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{time}}}","valueQuantity":{"value":{{{volume}}},"unit":"mL","system":"http://unitsofmeasure.org","code":"mL"}}""";

    private static string Pulse(string id, int rate, string time) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}]},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{time}}}","valueQuantity":{"value":{{{rate}}},"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}""";
}
