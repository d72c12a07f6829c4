using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What was measured, given and done in the emergency department, in intensive care, in clinic.</summary>
public sealed class SettingQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"male","birthDate":"1950-05-06"}""",
        Stay("ward", "IMP", "2025-01-10T08:00:00Z", "2025-01-20T08:00:00Z"),
        Stay("unit", "ACUTE", "2025-01-11T08:00:00Z", "2025-01-13T08:00:00Z", ""","serviceType":{"coding":[{"code":"ICU"}]},"partOf":{"reference":"Encounter/ward"}"""),
        Stay("again", "ACUTE", "2025-01-15T08:00:00Z", "2025-01-16T08:00:00Z", ""","serviceType":{"coding":[{"code":"ICU"}]},"partOf":{"reference":"Encounter/ward"}"""),
        Stay("door", "EMER", "2025-01-10T05:00:00Z", "2025-01-10T07:00:00Z"),
        Stay("clinic", "AMB", "2025-06-10T09:00:00Z", "2025-06-10T09:30:00Z"),
        Pulse("p1", 120, "2025-01-10T06:00:00Z"),
        Pulse("p2", 110, "2025-01-12T06:00:00Z"),
        Pulse("p3", 100, "2025-01-15T09:00:00Z"),
        Pulse("p4", 90, "2025-01-18T06:00:00Z"),
        Pulse("p5", 70, "2025-06-10T09:10:00Z"),
        $$"""{"resourceType":"MedicationAdministration","id":"hep","status":"completed","medicationCodeableConcept":{"text":"Heparin"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-01-12T07:00:00Z"}""",
        $$"""{"resourceType":"MedicationAdministration","id":"par","status":"completed","medicationCodeableConcept":{"text":"Paracetamol"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-01-18T07:00:00Z"}""",
        $$"""{"resourceType":"Procedure","id":"scope","status":"completed","code":{"text":"Endoscopy"},{{HandWrittenRecord.Subject}},"performedDateTime":"2025-01-15T10:00:00Z"}""",
    ]);

    [Theory]
    [InlineData("Highest heart rate in the ICU?", "110")]
    [InlineData("heart rate in the ICU - lowest", "100")]
    [InlineData("What was the lowest heart rate when he was in the ICU?", "100")]
    [InlineData("peak pulse while on ITU", "110")]
    [InlineData("ICU heart rate, highest", "110")]
    [InlineData("first heart rate in A&E", "120")]
    [InlineData("ED heart rate", "120")]
    [InlineData("heart rate at an outpatient visit", "70")]
    [InlineData("How many heart rates were recorded in the ICU?", "2")]
    [InlineData("Which drugs were given in intensive care?", "Heparin")]
    [InlineData("ICU procedures", "Endoscopy")]
    [InlineData("When was the endoscopy done in the ICU?", "2025-01-15T10:00:00Z")]
    [InlineData("Was paracetamol given in the ICU?", "False")]
    public async Task A_place_bounds_what_was_done_there_over_every_stay(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status is AnswerStatus.Answered or AnswerStatus.NoneRecorded, answer.Text);
        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
    }

    [Fact]
    public async Task The_answer_says_where() =>
        Assert.Contains("during ICU stays", (await Answering.AskAsync(s_chart, "Highest heart rate in the ICU?")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("How many times was he in the ICU?", "2")]
    [InlineData("How many ICU stays?", "2")]
    [InlineData("Was he in the ICU?", "True")]
    [InlineData("Highest heart rate during the last ICU stay?", "100")]
    public async Task A_stay_that_is_asked_for_or_picked_out_is_no_place(string question, string expected) =>
        Assert.Equal([expected], (await Answering.AskAsync(s_chart, question)).Values.Select(value => value.ToString()));

    private static string Stay(string id, string code, string from, string until, string more = "") =>
        $$$"""{"resourceType":"Encounter","id":"{{{id}}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{{code}}}"},{{{HandWrittenRecord.Subject}}},"period":{"start":"{{{from}}}","end":"{{{until}}}"}{{{more}}}}""";

    private static string Pulse(string id, int rate, string time) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}]},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{time}}}","valueQuantity":{"value":{{{rate}}},"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}""";
}
