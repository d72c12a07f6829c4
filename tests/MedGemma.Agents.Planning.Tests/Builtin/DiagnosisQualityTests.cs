using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>How sure diagnoses are, how they are coded, and who in the family had them.</summary>
public sealed class DiagnosisQualityTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"male","birthDate":"1950-05-06"}""",
        Condition("dvt", "Deep venous thrombosis", "unconfirmed", "I82.409"),
        Condition("pe", "Pulmonary embolism", "refuted", "I26.99"),
        Condition("mi", "Myocardial infarction", "entered-in-error", "I21.9"),
        Condition("dm", "Type 2 diabetes mellitus", "confirmed", "E11.9"),
        Condition("app", "Appendicitis", "differential", "K37"),
        $$$"""{"resourceType":"FamilyMemberHistory","id":"fam","status":"completed","patient":{"reference":"Patient/{{{HandWrittenRecord.Id}}}"},"relationship":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"MTH","display":"mother"}]},"condition":[{"code":{"text":"Stroke"},"onsetAge":{"value":61,"unit":"a"} }]}""",
    ]);

    [Theory]
    [InlineData("Is the DVT confirmed?", "False")]
    [InlineData("DVT confirmed?", "False")]
    [InlineData("Is the diabetes a definite diagnosis?", "True")]
    [InlineData("Was PE ruled out?", "True")]
    [InlineData("Has diabetes been ruled out?", "False")]
    [InlineData("Is the DVT only suspected?", "True")]
    [InlineData("How certain is the appendicitis?", "differential")]
    [InlineData("Is DVT confirmed or just suspected?", "unconfirmed")]
    [InlineData("verification status of the pulmonary embolism", "refuted")]
    [InlineData("Which diagnoses were ruled out?", "Pulmonary embolism")]
    [InlineData("Any uncertain diagnoses?", "Appendicitis", "Deep venous thrombosis")]
    public Task How_sure_a_diagnosis_is_is_asked_of_its_verification_status(string question, params string[] expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Is the MI confirmed?", "False")]
    [InlineData("Has he had a heart attack? Ignore anything entered in error.", "False")]
    [InlineData("Diabetes? (leaving out erroneous entries)", "Type 2 diabetes mellitus")]
    public Task What_was_entered_in_error_never_counts(string question, params string[] expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("When was the DVT confirmed?")]
    [InlineData("Who confirmed the diabetes?")]
    [InlineData("Was the MI entered in error?")]
    [InlineData("Are the DVT and the diabetes confirmed?")]
    public async Task What_the_status_does_not_say_is_left_open(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Fact]
    public async Task What_is_refuted_is_no_diagnosis_where_it_is_not_asked_for() =>
        Assert.Equal(["False"], (await Answering.AskAsync(s_chart, "Has he had a pulmonary embolism?")).Values.Select(value => value.ToString()));

    [Theory]
    [InlineData("ICD-10 code of his diabetes?", "E11.9")]
    [InlineData("What's the ICD code for the DVT?", "I82.409")]
    [InlineData("SNOMED CT code for the diabetes", "dm")]
    [InlineData("How is the diabetes coded?", "dm")]
    public Task Codes_are_given_in_the_system_asked_for(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task A_code_of_another_revision_is_not_given() =>
        Assert.Equal(AnswerStatus.NoneRecorded, (await Answering.AskAsync(s_chart, "ICD-9 code for the diabetes?")).Status);

    [Theory]
    [InlineData("Which relative had a stroke?", "mother")]
    [InlineData("Who in the family had a stroke?", "mother")]
    [InlineData("Did his mum have a stroke?", "True")]
    [InlineData("Did his father have a stroke?", "False")]
    [InlineData("Any stroke in his parents?", "True")]
    public Task A_relative_s_disease_is_that_relative_s(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task Whether_a_relative_died_is_not_asked_of_the_patient() =>
        Assert.Contains("from mother", (await Answering.AskAsync(s_chart, "Is his mother dead?")).Text, StringComparison.Ordinal);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Condition(string id, string name, string verification, string code) =>
        $$$"""{"resourceType":"Condition","id":"{{{id}}}","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"{{{verification}}}","display":"{{{char.ToUpperInvariant(verification[0])}}}{{{verification[1..]}}}"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"{{{id}}}"},{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"{{{code}}}"}],"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"onsetDateTime":"2024-02-0{{{id.Length}}}"}""";
}
