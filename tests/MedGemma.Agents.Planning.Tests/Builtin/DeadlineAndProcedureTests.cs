using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>A goal with a date to reach it, an operation that only an ICD-10-PCS code and its table's name tell, and doses on the administration record.</summary>
public sealed class DeadlineAndProcedureTests
{
    private static readonly PatientRecord s_record = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"male","birthDate":"1950-05-06"}""",
        $$$"""{"resourceType":"Goal","id":"g1","lifecycleStatus":"active","description":{"text":"Walk without crutches"},{{{HandWrittenRecord.Subject}}},"startDate":"2026-01-02","target":[{"dueDate":"2026-03-12"}]}""",
        $$$"""{"resourceType":"Procedure","id":"cabg","status":"completed","code":{"coding":[{"system":"http://hospital.example.org/procedure-icd10","code":"02100A9","display":"Bypass Coronary Artery, One Artery from Left Internal Mammary, Open Approach"}]},{{{HandWrittenRecord.Subject}}},"performedDateTime":"2025-05-05"}""",
        $$$"""{"resourceType":"MedicationAdministration","id":"f1","status":"completed","medicationCodeableConcept":{"text":"Famotidine"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-12-28T20:15:00Z","dosage":{"dose":{"value":20,"unit":"mg"} } }""",
    ]);

    [Theory]
    [InlineData("By when should he walk without crutches?", "2026-03-12")]
    [InlineData("Walk without crutches: by which date?", "2026-03-12")]
    [InlineData("When did he have his bypass surgery (CABG)?", "2025-05-05")]
    [InlineData("When was the CABG?", "2025-05-05")]
    [InlineData("Time of the latest famotidine dose on the MAR", "2025-12-28T20:15:00Z")]
    public async Task They_are_read(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_record, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains(answer.Values, value => value.ToString().StartsWith(expected[..10], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_month_without_an_article_stays_one() =>
        Assert.Contains("2025-03-01", (await Answering.AskAsync(s_record, "Was famotidine given in Mar 2025?")).Text, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_bare_code_that_may_be_the_operation_keeps_it_from_being_none()
    {
        var record = HandWrittenRecord.Build(
        [
            $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""",
            $$$"""{"resourceType":"Procedure","id":"partial","status":"completed","code":{"coding":[{"system":"http://hospital.example.org/procedure-icd10","code":"0TB00ZZ"}]},{{{HandWrittenRecord.Subject}}},"performedDateTime":"2025-05-05"}""",
        ]);

        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(record, "Has he had a nephrectomy?")).Status);
    }

    [Fact]
    public async Task Another_operation_is_not_that_one() => Assert.Equal(AnswerStatus.NoneRecorded, (await Answering.AskAsync(s_record, "When was the appendectomy?")).Status);
}
