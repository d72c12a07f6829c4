using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Who is who in the care team, what plans consist of, what reports found, and why something was called off.</summary>
public sealed class TeamAndPlanTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$$"""{"resourceType":"Patient","id":"{{{HandWrittenRecord.Id}}}","gender":"female","birthDate":"1960-05-06","telecom":[{"system":"phone","value":"555-0100"}],"contact":[{"name":{"text":"Rolf Quillon"},"telecom":[{"system":"phone","value":"555-0199"}]}]}""",
        $$$"""{"resourceType":"CareTeam","id":"team","status":"active","name":"Cancer team",{{{HandWrittenRecord.Subject}}},"participant":[{"role":[{"text":"Oncologist"}],"member":{"display":"Rebecca Stein, MD"} },{"role":[{"text":"Primary care physician"}],"member":{"display":"Grace Chen, MD"} }]}""",
        $$$"""{"resourceType":"CarePlan","id":"plan","status":"active","intent":"plan","title":"Pressure injury prevention plan","description":"Turn every 2 hours",{{{HandWrittenRecord.Subject}}},"period":{"start":"2025-10-07"} }""",
        Condition("injury", "Pressure injury of sacrum", "encounter-diagnosis"),
        Condition("copd", "Chronic obstructive pulmonary disease", "problem-list-item"),
        Condition("ankle", "Fracture of ankle", "problem-list-item"),
        Report("ct", "CT head without contrast", "No acute haemorrhage."),
        Report("ecg", "Electrocardiogram", "Sinus bradycardia."),
        $$$"""{"resourceType":"DiagnosticReport","id":"lipid","status":"final","category":[{"coding":[{"code":"LAB"}]}],"code":{"text":"Lipid panel"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-10-02T09:00:00Z"}""",
        $$$"""{"resourceType":"Procedure","id":"lp","status":"not-done","statusReason":{"text":"Family declined"},"code":{"text":"Lumbar puncture"},{{{HandWrittenRecord.Subject}}},"performedDateTime":"2025-10-05"}""",
        $$$"""{"resourceType":"Encounter","id":"stay","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},{{{HandWrittenRecord.Subject}}},"period":{"start":"2025-10-02T08:00:00Z","end":"2025-10-09T10:00:00Z"},"participant":[{"type":[{"coding":[{"code":"ATND"}]}],"individual":{"display":"Nikhil Patel, MD"} },{"type":[{"coding":[{"code":"ADM"}]}],"individual":{"display":"Luis Ortiz, MD"} }]}""",
        $$$"""{"resourceType":"Observation","id":"culture","status":"final","category":[{"coding":[{"code":"laboratory"},{"code":"MB"}]}],"code":{"coding":[{"system":"http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-microbiology-organism","code":"80002","display":"ESCHERICHIA COLI"}]},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-08-23T09:00:00Z"}""",
        $$$"""{"resourceType":"Observation","id":"susc","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-microbiology-antibiotic","code":"90008","display":"MEROPENEM"}]},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-08-26T09:00:00Z","derivedFrom":[{"reference":"Observation/culture"}],"valueCodeableConcept":{"coding":[{"code":"S","display":"Susceptible"}]} }""",
        $$$"""{"resourceType":"Observation","id":"packs","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"social-history"}]}],"code":{"text":"Tobacco pack-years"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-08-26","valueQuantity":{"value":45,"unit":"{pack-years}"} }""",
    ]);

    [Theory]
    [InlineData("Who is her oncologist?", "Rebecca Stein, MD")]
    [InlineData("Who is her GP?", "Grace Chen, MD")]
    [InlineData("Which primary care physician is on her team?", "Grace Chen, MD")]
    [InlineData("Who admitted her?", "Luis Ortiz, MD")]
    [InlineData("Emergency contact name?", "Rolf Quillon")]
    [InlineData("What is the phone number of the emergency contact?", "555-0199")]
    public Task People_are_told_by_their_part(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("What does the pressure injury plan involve?", "Turn every 2 hours")]
    [InlineData("What is on her active problem list?", "Fracture of ankle", "Chronic obstructive pulmonary disease")]
    [InlineData("When did she break her ankle?", "2025-10-01")]
    [InlineData("How many pack-years?", "45")]
    public Task Plans_problems_and_habits_are_told_as_recorded(string question, params string[] expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("CT head result?", "No acute haemorrhage.")]
    [InlineData("What did the CT head show?", "No acute haemorrhage.")]
    [InlineData("ECG interpretation?", "Sinus bradycardia.")]
    public Task A_report_says_what_it_concludes(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Why was the lumbar puncture not done?", "Family declined")]
    [InlineData("Why wasn't the lumbar puncture done?", "Family declined")]
    public Task Why_something_was_not_done_is_the_reason_of_its_status(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("What was the E. coli of 23 August 2025 sensitive to?", "MEROPENEM")]
    [InlineData("Was the E. coli of 23 August 2025 sensitive to meropenem?", "True")]
    public Task A_susceptibility_is_of_the_day_of_its_culture(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("How many procedures by IM?")]
    public async Task What_is_of_another_sort_is_left_open(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Fact]
    public async Task A_member_that_the_team_has_not_is_not_another() =>
        Assert.DoesNotContain("Stein", (await Answering.AskAsync(s_chart, "Who is her cardiologist?")).Text, StringComparison.Ordinal);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Condition(string id, string name, string category) =>
        $$$"""{"resourceType":"Condition","id":"{{{id}}}","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},"category":[{"coding":[{"code":"{{{category}}}"}]}],"code":{"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"onsetDateTime":"2025-10-01"}""";

    private static string Report(string id, string name, string conclusion) =>
        $$$"""{"resourceType":"DiagnosticReport","id":"{{{id}}}","status":"final","category":[{"coding":[{"code":"RAD"}]}],"code":{"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-10-04T09:00:00Z","conclusion":"{{{conclusion}}}"}""";
}
