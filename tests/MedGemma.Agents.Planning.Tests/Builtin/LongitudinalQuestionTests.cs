using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Questions about years of primary care: what began when, what is over, what only another part of the record shows.</summary>
public sealed class LongitudinalQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Condition("lipids", "Hyperlipidemia", "active", "2009-03-01", null),
        Condition("pressure", "Hypertension", "active", "2012-03-01", null),
        Condition("cough", "Acute bronchitis (disorder)", "resolved", "2012-02-01", "2012-02-20"),
        Plan("wound", "Wound care", "completed", "2012-01-01"),
        Plan("diet", "Lipid management", "active", "2009-03-01"),
        Observation("w1", "29463-7", "Body Weight", "vital-signs", "2011-01-01", """ "valueQuantity":{"value":80,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"} """),
        Observation("w2", "29463-7", "Body Weight", "vital-signs", "2012-01-01", """ "valueQuantity":{"value":84,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"} """),
        Observation("w3", "29463-7", "Body Weight", "vital-signs", "2013-01-01", """ "valueQuantity":{"value":83,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"} """),
        Observation("bp", "55284-4", "Blood Pressure", "vital-signs", "2013-01-01", """ "valueString":"120/80" """),
        Observation("smoke", "72166-2", "Tobacco smoking status NHIS", "vital-signs", "2013-01-01", """ "valueCodeableConcept":{"text":"Never smoker"} """),
        Procedure("culture", "Throat culture (procedure)", "2011-05-01"),
        Procedure("bones", "Bone density scan (procedure)", "2012-05-01"),
        Procedure("lungs", "Measurement of respiratory function (procedure)", "2012-06-01"),
        $$"""{"resourceType":"Immunization","id":"zoster","status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"121","display":"zoster"}]},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"occurrenceDateTime":"2012-07-01"}""",
        $$"""{"resourceType":"ImagingStudy","id":"ct","status":"available",{{HandWrittenRecord.Subject}},"started":"2012-08-01T10:00:00Z","description":"Thorax after fall","modality":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"CT"}]}""",
        $$"""{"resourceType":"FamilyMemberHistory","id":"mother","status":"completed","patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"relationship":{"text":"mother"},"condition":[{"code":{"text":"Stroke"} }] }""",
        Stay("first", "2012-01-01T08:00:00Z", "2012-01-05T08:00:00Z"),
        Stay("moved", "2012-01-05T08:00:00Z", "2012-01-07T08:00:00Z"),
        Stay("back", "2012-01-20T08:00:00Z", "2012-01-22T08:00:00Z"),
        Stay("later", "2012-06-20T08:00:00Z", "2012-06-22T08:00:00Z"),
    ]);

    [Theory]
    [InlineData("Which conditions were diagnosed in 2012?", "Acute bronchitis (disorder)", "Hypertension")]
    [InlineData("What new diagnoses were made in 2012?", "Acute bronchitis (disorder)", "Hypertension")]
    [InlineData("Show me the current problem list.", "Hyperlipidemia", "Hypertension")]
    [InlineData("Which care plans are active?", "Lipid management")]
    [InlineData("Which conditions have resolved?", "Acute bronchitis (disorder)")]
    [InlineData("When did the acute bronchitis resolve?", "2012-02-20")]
    [InlineData("When was high blood pressure diagnosed?", "2012-03-01")]
    [InlineData("By how much has the weight changed since the previous measurement?", "-1")]
    [InlineData("How much did her weight change between the last two measurements?", "-1")]
    [InlineData("Baseline weight?", "80")]
    [InlineData("When did we last measure weight?", "2013-01-01")]
    [InlineData("What is her smoking status?", "Never smoker")]
    [InlineData("When was her last throat culture?", "2011-05-01")]
    [InlineData("How many bone density scans has she had?", "1")]
    [InlineData("How many lung function tests has she had?", "1")]
    [InlineData("Has she been vaccinated against shingles?", "True")]
    [InlineData("When was the last CT?", "2012-08-01T10:00:00Z")]
    [InlineData("Any history of bronchitis?", "True")]
    [InlineData("Is there a family history of stroke?", "True")]
    [InlineData("Does anyone in the family have a history of diabetes?", "False")]
    [InlineData("How many episodes of bronchitis has she had?", "1")]
    public async Task What_the_words_say_of_time_and_state_is_kept(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Was her weight high?")]
    [InlineData("Is the blood pressure low?")]
    public async Task A_word_that_changes_the_answer_is_never_passed_over(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Theory]
    [InlineData("Has the pneumonia resolved?")]
    [InlineData("Which conditions have resolved?")]
    public async Task A_diagnosis_without_a_status_is_not_said_to_last(string question)
    {
        var chart = HandWrittenRecord.Build(
        [
            $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""",
            $$"""{"resourceType":"Condition","id":"lungs","code":{"text":"Pneumonia"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2012-03-02"}""",
        ]);

        var answer = await Answering.AskAsync(chart, question);

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.Contains("without a recorded status", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diagnosis_without_an_end_is_not_said_to_be_missing()
    {
        var answer = await Answering.AskAsync(s_chart, "When did the hyperlipidemia resolve?");

        Assert.Equal(AnswerStatus.NoneRecorded, answer.Status);
        Assert.StartsWith("No end of diagnoses of hyperlipidemia is recorded", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Was she ever readmitted within 30 days?", "True")]
    [InlineData("Did any readmission occur within 30 days after a discharge?", "True")]
    [InlineData("Was she readmitted within 10 days of discharge?", "False")]
    [InlineData("How many readmissions within 30 days have there been?", "1")]
    [InlineData("How many readmissions within 200 days have there been?", "2")]
    public async Task A_readmission_begins_after_the_end_of_another_stay_not_at_it(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
    }

    [Fact]
    public async Task A_readmission_is_proved_by_both_stays()
    {
        var answer = await Answering.AskAsync(s_chart, "Was she ever readmitted within 30 days?");

        Assert.Equal(["Encounter/back", "Encounter/moved"], answer.Claims.SelectMany(claim => claim.Evidence).Select(evidence => evidence.Resource.ToString()).Order(StringComparer.Ordinal));
    }

    private static string Condition(string id, string name, string status, string onset, string? end) =>
        $$"""{"resourceType":"Condition","id":"{{id}}","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"{{status}}"}]},"code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"onsetDateTime":"{{onset}}"{{(end is null ? "" : $",\"abatementDateTime\":\"{end}\"")}} }""";

    private static string Plan(string id, string name, string status, string start) =>
        $$"""{"resourceType":"CarePlan","id":"{{id}}","status":"{{status}}","intent":"plan","category":[{"text":"{{name}}"}],{{HandWrittenRecord.Subject}},"period":{"start":"{{start}}"} }""";

    private static string Observation(string id, string code, string name, string category, string time, string value) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"{{category}}"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{name}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}",{{value}} }""";

    private static string Procedure(string id, string name, string time) =>
        $$"""{"resourceType":"Procedure","id":"{{id}}","status":"completed","code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"performedDateTime":"{{time}}"}""";

    private static string Stay(string id, string start, string end) =>
        $$"""{"resourceType":"Encounter","id":"{{id}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},{{HandWrittenRecord.Subject}},"period":{"start":"{{start}}","end":"{{end}}"} }""";
}
