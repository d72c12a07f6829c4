using System.Text;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Operations in everyday words, orders and what became of them, studies and notes and what they say, plans, goals and who pays.</summary>
public sealed class CareQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$$"""{"resourceType":"Patient","id":"{{{HandWrittenRecord.Id}}}","gender":"female","birthDate":"1980-05-06","contact":[{"relationship":[{"text":"Husband"}],"name":{"text":"Rolf Quillon"} }]}""",
        Procedure("p1", "completed", "Appendectomy", "2014-03-02"),
        Procedure("p2", "not-done", "Cholecystectomy", "2024-03-02"),
        Procedure("p3", "completed", "Auscultation of the fetal heart", "2020-03-02"),
        Procedure("p4", "completed", "Human immunodeficiency virus antigen test", "2020-03-03"),
        Procedure("p5", "completed", "18 Gauge", "2025-06-02"),
        Procedure("p6", "completed", "20 Gauge", "2025-06-03"),
        Order("o1", "active", "Abdominal ultrasound"),
        Order("o2", "revoked", "MRI of lumbar spine"),
        Order("o3", "active", "Potassium"),
        $$$"""{"resourceType":"ImagingStudy","id":"ct","status":"available","modality":[{"code":"CT"}],{{{HandWrittenRecord.Subject}}},"started":"2022-07-02T09:00:00Z","description":"CT of chest"}""",
        $$$"""{"resourceType":"DiagnosticReport","id":"rep","status":"final","category":[{"coding":[{"code":"RAD"}]}],"code":{"text":"Diagnostic imaging study"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2022-07-02T09:00:00Z","imagingStudy":[{"reference":"ImagingStudy/ct"}],"conclusion":"No metastases."}""",
        $$$"""{"resourceType":"DiagnosticReport","id":"cult","status":"preliminary","category":[{"coding":[{"code":"LAB"}]}],"code":{"text":"Urine culture"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-06-02T09:00:00Z","conclusion":"No growth at 24 hours"}""",
        $$$"""{"resourceType":"Goal","id":"g1","lifecycleStatus":"active","description":{"text":"Hemoglobin A1c total in Blood < 7.0"},{{{HandWrittenRecord.Subject}}},"startDate":"2020-01-09"}""",
        $$$"""{"resourceType":"CarePlan","id":"cp","status":"active","intent":"plan","title":"Wound care",{{{HandWrittenRecord.Subject}}},"period":{"start":"2020-01-09"},"activity":[{"detail":{"code":{"text":"Dressing change"},"status":"in-progress"} }]}""",
        Visit("v1", "2021-02-12T09:00:00Z"),
        Visit("v2", "2021-03-12T09:00:00Z"),
        Claim("c1", "v1", 125, "2021-02-12"),
        Claim("c2", "v2", 971, "2021-03-12"),
        Note("n1", "Discharge summary", "2025-06-05T10:00:00Z", "Cesarean section at 39 weeks."),
        Note("n2", "Progress note", "2025-06-03T10:00:00Z", "Exacerbation of COPD. Prednisone given."),
        Note("n3", "Progress note", "2025-06-04T10:00:00Z", "Warfarin stopped: INR difficult to keep in range."),
    ]);

    [Theory]
    [InlineData("Has her appendix been taken out?", "True")]
    [InlineData("Any surgery to remove the appendix?", "True")]
    [InlineData("Did they take out her gallbladder?", "False")]
    [InlineData("Has she had her womb removed?", "False")]
    [InlineData("Has her knee been replaced?", "False")]
    [InlineData("Was the fetal heart auscultated?", "True")]
    [InlineData("Has she been tested for HIV?", "True")]
    [InlineData("When was the 18G cannula put in?", "2025-06-02")]
    [InlineData("18 gauge inserted when?", "2025-06-02")]
    public Task An_everyday_verb_names_the_procedure(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Has she been tested for diabetes?")]
    [InlineData("Was a mole cut out?")]
    [InlineData("Was the fetal head auscultated?")]
    public Task A_deed_that_is_not_known_is_left_open(string question) => IsUnsureAsync(question);

    [Theory]
    [InlineData("Was the lumbar MRI cancelled?", "True")]
    [InlineData("MRI of the spine called off?", "True")]
    [InlineData("Was the abdominal ultrasound revoked?", "False")]
    [InlineData("What is the status of the lumbar MRI order?", "revoked")]
    [InlineData("Which imaging order is outstanding?", "Abdominal ultrasound")]
    [InlineData("Was the cholecystectomy not done?", "True")]
    public Task What_became_of_an_order_is_its_status(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("What did the chest CT conclude?", "No metastases.")]
    [InlineData("Impression of the CT?", "No metastases.")]
    [InlineData("Any metastases on the CT of July 2022?", "No metastases.")]
    [InlineData("What modality was the imaging in July 2022?", "CT")]
    [InlineData("Anything growing in the urine?", "No growth at 24 hours")]
    [InlineData("urine culture result - status and finding?", "No growth at 24 hours")]
    public Task A_study_says_what_its_report_says(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Why was warfarin stopped, per the note?", "Warfarin stopped: INR difficult to keep in range.")]
    [InlineData("How many weeks' gestation at the C-section, according to the discharge summary?", "Cesarean section at 39 weeks.")]
    [InlineData("What does the last progress note say?", "Warfarin stopped: INR difficult to keep in range.")]
    [InlineData("When was the COPD exacerbation note written?", "2025-06-03T10:00:00Z")]
    [InlineData("Do the notes mention COPD?", "True")]
    [InlineData("Is metformin mentioned in the notes?", "False")]
    public Task A_note_is_quoted(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("What was the weight, per the note?")]
    [InlineData("How many images were in the chest CT study?")]
    [InlineData("What did the appendectomy show?")]
    public Task What_no_text_is_known_to_say_is_left_open(string question) => IsUnsureAsync(question);

    [Theory]
    [InlineData("What HbA1c target are we aiming for?", "Hemoglobin A1c total in Blood < 7.0")]
    [InlineData("What activities are in the wound care plan?", "Dressing change")]
    [InlineData("Who is her next of kin?", "Rolf Quillon")]
    public Task Goals_plans_and_contacts_are_named(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("How much was billed for the visit on 12 February 2021?", "125")]
    [InlineData("claim total for the 12 March 2021 encounter", "971")]
    [InlineData("What did the last visit cost?", "971")]
    [InlineData("Total billed in 2021?", "1096")]
    [InlineData("How many claims are there?", "2")]
    [InlineData("insurance?", "medicare")]
    [InlineData("Which insurer is on the latest claim?", "medicare")]
    public Task Who_pays_and_what_was_billed_is_said_by_claims(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task Whether_somebody_lives_alone_is_not_whether_she_lives()
    {
        var answer = await Answering.AskAsync(s_chart, "Does she live alone?");
        Assert.Contains("living situation", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cost of the visits?")]
    [InlineData("What does metformin cost?")]
    public Task What_is_not_recorded_is_not_guessed(string question) => IsUnsureAsync(question);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static async Task IsUnsureAsync(string question)
    {
        var answer = await Answering.AskAsync(s_chart, question);
        Assert.True(answer.Status == AnswerStatus.Unsure, answer.Text);
    }

    private static string Procedure(string id, string status, string name, string time) =>
        $$$"""{"resourceType":"Procedure","id":"{{{id}}}","status":"{{{status}}}","code":{"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"performedDateTime":"{{{time}}}"}""";

    private static string Order(string id, string status, string name) =>
        $$$"""{"resourceType":"ServiceRequest","id":"{{{id}}}","status":"{{{status}}}","intent":"order","code":{"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"authoredOn":"2026-01-06T10:00:00Z"}""";

    private static string Visit(string id, string time) =>
        $$$"""{"resourceType":"Encounter","id":"{{{id}}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},{{{HandWrittenRecord.Subject}}},"period":{"start":"{{{time}}}","end":"{{{time}}}"} }""";

    private static string Claim(string id, string visit, int total, string day) =>
        $$$"""{"resourceType":"Claim","id":"{{{id}}}","status":"active","type":{"coding":[{"code":"institutional"}]},"use":"claim","patient":{"reference":"Patient/{{{HandWrittenRecord.Id}}}"},"created":"{{{day}}}T10:00:00Z","insurance":[{"sequence":1,"focal":true,"coverage":{"display":"medicare"} }],"item":[{"sequence":1,"encounter":[{"reference":"Encounter/{{{visit}}}"}]}],"total":{"value":{{{total}}},"currency":"USD"} }""";

    private static string Note(string id, string type, string time, string text) =>
        $$$"""{"resourceType":"DocumentReference","id":"{{{id}}}","status":"current","type":{"text":"{{{type}}}"},{{{HandWrittenRecord.Subject}}},"date":"{{{time}}}","content":[{"attachment":{"contentType":"text/plain","data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}}"} }]}""";
}
