using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Care plans and what they ask, flags that hold and that are over, orders that are open, operations beside what was charted, and the diagnoses of a stay.</summary>
public sealed class PlanAndOrderTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$$"""{"resourceType":"Patient","id":"{{{HandWrittenRecord.Id}}}","gender":"male","birthDate":"1960-05-06"}""",
        $$$"""{"resourceType":"CarePlan","id":"heart","status":"active","intent":"plan","title":"Heart failure self-management plan",{{{HandWrittenRecord.Subject}}},"period":{"start":"2025-03-10"},"activity":[{"detail":{"status":"in-progress","code":{"text":"Weigh every morning"} } },{"detail":{"status":"cancelled","code":{"text":"Low salt diet"} } }] }""",
        $$$"""{"resourceType":"CarePlan","id":"rehab","status":"completed","intent":"plan","title":"Rehabilitation after hip fracture",{{{HandWrittenRecord.Subject}}},"period":{"start":"2024-09-12","end":"2025-01-15"},"activity":[{"detail":{"status":"completed","code":{"text":"Walking training"} } }] }""",
        $$$"""{"resourceType":"Flag","id":"falls","status":"active","code":{"text":"Falls risk"},{{{HandWrittenRecord.Subject}}},"period":{"start":"2024-08-29"} }""",
        $$$"""{"resourceType":"Flag","id":"mrsa","status":"inactive","code":{"text":"MRSA carrier"},{{{HandWrittenRecord.Subject}}},"period":{"start":"2021-12-04","end":"2022-03-01"} }""",
        Request("spirometry", "active", "routine", "Spirometry"),
        Request("echo", "active", "urgent", "Echocardiography"),
        Request("mri", "revoked", "routine", "MRI of lumbar spine"),
        Procedure("echo-done", "Echocardiography", "2023-10-18", "Amira Nasser, MD"),
        Procedure("bowel", "Laparoscopic sigmoid resection", "2024-07-09", "Markus Hofer, MD", "\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/icd-10-pcs\",\"code\":\"0DTN4ZZ\"}],", "\"outcome\":{\"text\":\"Uncomplicated\"},"),
        Procedure("line", "20 Gauge", "2024-07-09", "Night Nurse", "", "\"category\":{\"text\":\"Peripheral Lines\"},"),
        $$$"""{"resourceType":"Encounter","id":"stay","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},{{{HandWrittenRecord.Subject}}},"period":{"start":"2024-07-08T08:00:00Z","end":"2024-07-15T10:00:00Z"}}""",
        $$$"""{"resourceType":"Encounter","id":"ed","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"EMER"},{{{HandWrittenRecord.Subject}}},"partOf":{"reference":"Encounter/stay"},"period":{"start":"2024-07-08T05:00:00Z","end":"2024-07-08T08:00:00Z"}}""",
        Condition("cancer", "Cancer of sigmoid colon", "stay"),
        Condition("pain", "Abdominal pain", "ed"),
        Condition("hip", "Fracture of neck of femur", null),
    ]);

    [Theory]
    [InlineData("What does the heart failure plan ask of him?", "Weigh every morning")]
    [InlineData("Which activities are part of his heart failure plan?", "Weigh every morning")]
    [InlineData("What is he supposed to do under the heart failure plan?", "Weigh every morning")]
    [InlineData("What does the heart failure self-management plan include?", "Weigh every morning")]
    [InlineData("Activities of the rehabilitation plan?", "Walking training")]
    [InlineData("Which care plans are still running?", "Heart failure self-management plan")]
    [InlineData("Which care plan has been completed?", "Rehabilitation after hip fracture")]
    public Task A_plan_is_told_by_what_it_asks(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Is he flagged as a falls risk?", "True")]
    [InlineData("Flagged for falls?", "Falls risk")]
    [InlineData("Is he an MRSA carrier?", "False")]
    [InlineData("Was he ever flagged for MRSA?", "True")]
    [InlineData("What alerts are on his chart?", "Falls risk")]
    [InlineData("Which flags have been removed?", "MRSA carrier")]
    [InlineData("When was the MRSA flag lifted?", "2022-03-01")]
    [InlineData("Since when has he been flagged as a falls risk?", "2024-08-29")]
    public Task A_flag_that_is_over_is_told_where_the_question_looks_back(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Which investigations are requested but still outstanding?", "Spirometry", "Echocardiography")]
    [InlineData("What has been requested but not done yet?", "Spirometry", "Echocardiography")]
    [InlineData("Which order is urgent?", "Echocardiography")]
    [InlineData("What priority does the echo order have?", "urgent")]
    [InlineData("Which orders were cancelled?", "MRI of lumbar spine")]
    [InlineData("Who ordered the echocardiography?", "Henrik Berg, MD")]
    public Task Orders_are_told_by_their_state_and_priority(string question, params string[] expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("When did he last have an echo?", "2023-10-18")]
    [InlineData("When was the bowel resection?", "2024-07-09")]
    [InlineData("Who operated on his bowel?", "Markus Hofer, MD")]
    [InlineData("Outcome of the sigmoid resection?", "Uncomplicated")]
    [InlineData("What operations were done on 9 July 2024?", "Laparoscopic sigmoid resection")]
    [InlineData("Which procedures were done on 9 July 2024 (not the ICU charting)?", "Laparoscopic sigmoid resection")]
    [InlineData("How old was he when he broke his hip?", "64")]
    public Task What_was_done_is_neither_what_was_ordered_nor_what_was_charted(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task What_is_only_ordered_is_not_said_to_be_done() =>
        Assert.DoesNotContain((await Answering.AskAsync(s_chart, "Has the spirometry been done?")).Values, value => value.ToString() == "True");

    [Theory]
    [InlineData("Which discharge diagnoses were coded?", "Cancer of sigmoid colon")]
    [InlineData("List the coded diagnoses of the hospital stay.", "Cancer of sigmoid colon")]
    [InlineData("What was the ED diagnosis?", "Abdominal pain")]
    public Task The_diagnoses_of_a_stay_are_those_it_is_recorded_for(string question, string expected) => AnswersAsync(question, expected);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Request(string id, string status, string priority, string name) =>
        $$$"""{"resourceType":"ServiceRequest","id":"{{{id}}}","status":"{{{status}}}","intent":"order","priority":"{{{priority}}}","code":{"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"authoredOn":"2025-04-0{{{id.Length % 9 + 1}}}","requester":{"display":"Henrik Berg, MD"} }""";

    private static string Procedure(string id, string name, string date, string performer, string coding = "", string more = "") =>
        $$$"""{"resourceType":"Procedure","id":"{{{id}}}","status":"completed",{{{more}}}"code":{ {{{coding}}}"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"performedDateTime":"{{{date}}}","performer":[{"actor":{"display":"{{{performer}}}"} }]}""";

    private static string Condition(string id, string name, string? encounter) =>
        $$$"""{"resourceType":"Condition","id":"{{{id}}}","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},"code":{"text":"{{{name}}}"},{{{(encounter is null ? "" : $"\"encounter\":{{\"reference\":\"Encounter/{encounter}\"}},")}}}{{{HandWrittenRecord.Subject}}},"onsetDateTime":"2024-08-01"}""";
}
