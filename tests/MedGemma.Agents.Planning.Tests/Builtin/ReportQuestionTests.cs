using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What reports say, where a conclusion is the only place that says it.</summary>
public sealed class ReportQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"male","birthDate":"1950-05-06"}""",
        Report("x1", "Chest X-ray", "2024-02-10T15:00:00Z", "Right middle lobe consolidation. No effusion.", "Dr Fox"),
        Report("x2", "Chest X-ray", "2025-05-01T10:00:00Z", "Clear lung fields.", "Dr Haq"),
        Report("echo", "Transthoracic echocardiogram", "2025-03-04T10:00:00Z", "EF 42 %. Mild aortic stenosis.", "Dr Nair"),
        Report("us", "Ultrasound of kidneys and bladder", "2025-05-02T11:00:00Z", "Mild left hydronephrosis.", "Dr Fox"),
        Report("ct1", "CT of chest and abdomen", "2025-02-01T10:00:00Z", "No recurrence.", "Dr Haq"),
        Report("ct2", "CT of chest and abdomen", "2025-05-03T10:00:00Z", "4 mm nodule.", "Dr Haq", "preliminary"),
        Report("head", "CT head", "2025-05-04T10:00:00Z", null, "Dr Haq", "registered"),
        Report("cbc", "CBC panel - Blood", "2025-05-01T09:00:00Z", "Haemoglobin corrected from 8.1 to 11.8 g/dL.", "Lab"),
        Report("hist", "Histology of sigmoid resection", "2024-07-15T12:00:00Z", "Adenocarcinoma, pT3 pN1a.", "Dr Fox"),
        Report("uc", "Urine culture", "2025-06-12T09:00:00Z", "Escherichia coli, sensitive to ceftriaxone, resistant to trimethoprim.", "Lab"),
        Report("bc", "Blood culture", "2024-02-15T15:00:00Z", "No growth after 5 days.", "Lab"),
        $$"""{"resourceType":"MedicationRequest","id":"war","status":"active","intent":"order","medicationCodeableConcept":{"text":"Warfarin 5 MG Oral Tablet"},{{HandWrittenRecord.Subject}},"authoredOn":"2025-11-03"}""",
    ]);

    [Theory]
    [InlineData("Latest CXR report?", "Clear lung fields.")]
    [InlineData("Chest X-ray result", "Clear lung fields.")]
    [InlineData("What did the chest X-rays show?", "Right middle lobe consolidation. No effusion.", "Clear lung fields.")]
    [InlineData("Report of the chest X-ray from February 2024", "Right middle lobe consolidation. No effusion.")]
    [InlineData("Renal ultrasound?", "Mild left hydronephrosis.")]
    [InlineData("What did the echo show?", "EF 42 %. Mild aortic stenosis.")]
    [InlineData("Ejection fraction on the last echo?", "EF 42 %. Mild aortic stenosis.")]
    [InlineData("What is his LVEF?", "EF 42 %. Mild aortic stenosis.")]
    [InlineData("Did the latest chest X-ray show an effusion?", "Clear lung fields.")]
    [InlineData("Was there consolidation on the February 2024 chest film?", "Right middle lobe consolidation. No effusion.")]
    [InlineData("Was there hydronephrosis?", "Mild left hydronephrosis.")]
    [InlineData("Last final CT of chest and abdomen (preliminary reports left out): result?", "No recurrence.")]
    [InlineData("Was the blood culture negative?", "No growth after 5 days.")]
    [InlineData("Did E. coli grow?", "Escherichia coli, sensitive to ceftriaxone, resistant to trimethoprim.")]
    [InlineData("Is the E. coli resistant to trimethoprim?", "Escherichia coli, sensitive to ceftriaxone, resistant to trimethoprim.")]
    [InlineData("What is the urine culture resistant to?", "Escherichia coli, sensitive to ceftriaxone, resistant to trimethoprim.")]
    [InlineData("Did the CT of chest and abdomen find anything?", "4 mm nodule.")]
    [InlineData("What was the histology of the resected bowel?", "Adenocarcinoma, pT3 pN1a.")]
    [InlineData("Echo result from 2025?", "EF 42 %. Mild aortic stenosis.")]
    public async Task What_a_report_says_is_quoted(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    [Theory]
    [InlineData("Who reported the last chest X-ray?", "Dr Haq")]
    [InlineData("When was the last chest X-ray?", "2025-05-01T10:00:00Z")]
    [InlineData("How many chest X-rays has he had?", "2")]
    [InlineData("Is he on a blood thinner?", "True")]
    [InlineData("Has the CT head been reported?", "False")]
    public async Task What_else_is_asked_of_a_report_is_no_quotation(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
    }

    [Theory]
    [InlineData("Was there splenomegaly?")]
    [InlineData("How heavy was the nodule?")]
    public async Task What_no_report_says_is_not_answered_by_one(string question)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.NotEqual(AnswerStatus.Answered, answer.Status);
        Assert.Empty(answer.Values);
    }

    private static string Report(string id, string name, string time, string? conclusion, string by, string status = "final") =>
        $$"""{"resourceType":"DiagnosticReport","id":"{{id}}","status":"{{status}}","code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","performer":[{"display":"{{by}}"}]{{(conclusion is null ? "" : $",\"conclusion\":\"{conclusion}\"")}} }""";
}
