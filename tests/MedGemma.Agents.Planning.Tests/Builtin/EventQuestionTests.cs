using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Questions that hang on events: how long, how long after, how old when, before and after what, from which stay.</summary>
public sealed class EventQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Condition("head", "Concussion", "resolved", "2012-02-01", "2012-03-02"),
        Condition("bones", "Osteoporosis", "active", "2010-03-01", null),
        Condition("gut", "Appendicitis", "resolved", "2012-06-16", "2012-06-30"),
        Procedure("scope-1", "Colonoscopy", "2010-01-10"),
        Procedure("scope-2", "Colonoscopy", "2015-01-09"),
        Order("statin-1", "Simvastatin 20 MG Oral Tablet", "2012-10-01"),
        Order("statin-2", "Simvastatin 40 MG Oral Tablet", "2014-10-01"),
        Value("ldl-1", "13457-7", "Cholesterol in LDL", "laboratory", 150, "mg/dL", "2012-05-01"),
        Value("ldl-2", "13457-7", "Cholesterol in LDL", "laboratory", 130, "mg/dL", "2012-11-01"),
        Value("ldl-3", "13457-7", "Cholesterol in LDL", "laboratory", 110, "mg/dL", "2014-11-01"),
        Value("hr-1", "8867-4", "Heart rate", "vital-signs", 112, "/min", "2012-06-15T11:00:00Z"),
        Value("hr-2", "8867-4", "Heart rate", "vital-signs", 120, "/min", "2014-06-15T11:00:00Z"),
        Value("w-1", "29463-7", "Body Weight", "vital-signs", 80, "kg", "2011-01-01"),
        Value("w-2", "29463-7", "Body Weight", "vital-signs", 84, "kg", "2012-01-01"),
        Value("w-3", "29463-7", "Body Weight", "vital-signs", 78, "kg", "2013-01-01"),
        Value("w-4", "29463-7", "Body Weight", "vital-signs", 83, "kg", "2014-01-01"),
        Stay("er", "EMER", "2012-06-15T10:00:00Z", "2012-06-15T12:00:00Z", "Abdominal pain"),
        Stay("gut-stay", "IMP", "2012-06-16T00:00:00Z", "2012-06-19T00:00:00Z", "Appendicitis"),
        Stay("later", "IMP", "2014-09-09T08:00:00Z", "2014-09-10T08:00:00Z", "Fall"),
    ]);

    [Theory]
    [InlineData("How long did the concussion last?", "30")]
    [InlineData("For how many days was the concussion active?", "30")]
    [InlineData("How long did it take for the concussion to resolve?", "30")]
    [InlineData("duration of the concussion in 2012", "30")]
    [InlineData("How long was the inpatient stay in June 2012?", "3")]
    [InlineData("length of the inpatient stay for appendicitis", "3")]
    [InlineData("How long between the two colonoscopies?", "1825")]
    [InlineData("How many days between the first and the last colonoscopy?", "1825")]
    [InlineData("How long after the osteoporosis diagnosis was the last colonoscopy?", "1775")]
    [InlineData("How many days passed between the diagnosis of osteoporosis and the last colonoscopy?", "1775")]
    [InlineData("How many days from the diagnosis of concussion to the last colonoscopy?", "1073")]
    [InlineData("How many weeks did the concussion last?", "4.3")]
    [InlineData("How many completed weeks did the concussion last?", "4")]
    [InlineData("Concussion: days from onset to resolution?", "30")]
    [InlineData("How many hours was she in the ED?", "2")]
    [InlineData("emergency visit in minutes", "120")]
    [InlineData("nights in hospital for the appendicitis admission", "3")]
    [InlineData("longest inpatient stay", "3")]
    [InlineData("How long was the shortest inpatient stay, in hours?", "24")]
    [InlineData("How many days has she spent as an inpatient in total?", "4")]
    [InlineData("How many days between the first colonoscopy and the discharge on 15 June 2012?", "887")]
    [InlineData("How many completed years between the first and the last colonoscopy?", "4")]
    [InlineData("months between the two colonoscopies", "59")]
    public async Task A_length_of_time_is_no_count(string question, string expected) => await AssertAsync(question, expected);

    [Theory]
    [InlineData("How long was she on simvastatin?")]
    [InlineData("How long did the osteoporosis last?")]
    [InlineData("How many minutes did the concussion last?")]
    [InlineData("For how many days was her LDL above 120?")]
    [InlineData("How long between the colonoscopy and the diagnosis of gout?")]
    public async Task A_length_that_is_not_recorded_is_not_known(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Fact]
    public async Task Time_between_the_first_and_the_last_of_one_is_none() =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, "How many days between the first and the last appendicitis?")).Status);

    [Theory]
    [InlineData("longest simvastatin prescription")]
    [InlineData("How many days was she in hospital, rounded to the nearest week?")]
    public async Task What_is_not_understood_of_a_length_is_not_dropped(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Theory]
    [InlineData("How old was she on 1 January 2012?", "61")]
    [InlineData("How old was she at the diagnosis of osteoporosis?", "59")]
    [InlineData("What age was she when she had the last colonoscopy?", "64")]
    [InlineData("At what age did she have her first colonoscopy?", "59")]
    [InlineData("How old was she when concussion was diagnosed?", "61")]
    public async Task An_age_is_that_at_the_event(string question, string expected) => await AssertAsync(question, expected);

    [Fact]
    public async Task An_age_in_a_year_is_of_no_day() =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, "How old was she in 2012?")).Status);

    [Theory]
    [InlineData("What was the first LDL after simvastatin was started?", "130")]
    [InlineData("What was the first LDL after simvastatin was started on 1 October 2012?", "130")]
    [InlineData("last LDL before simvastatin was first prescribed", "150")]
    [InlineData("lowest LDL since the last simvastatin prescription", "110")]
    [InlineData("highest LDL since she started simvastatin", "130")]
    [InlineData("LDL within 60 days after simvastatin was started", "130")]
    [InlineData("Highest heart rate in the ED?", "112")]
    public async Task A_drug_is_started_once_and_a_date_tells_which_event(string question, string expected) => await AssertAsync(question, expected);

    [Theory]
    [InlineData("LDL before simvastatin was put up to 40 mg")]
    [InlineData("LDL 6 months after simvastatin was started")]
    [InlineData("LDL before warfarin was started")]
    [InlineData("LDL before simvastatin was stopped")]
    [InlineData("LDL before and after simvastatin was started")]
    public async Task An_event_that_is_not_understood_or_not_there_bounds_nothing(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Fact]
    public async Task A_question_that_breaks_off_is_read_to_its_end() => await AssertAsync("last LDL before simvastatin was", "150");

    [Theory]
    [InlineData("How many inpatient stays has she had?", "2")]
    [InlineData("How many hospital admissions has she had?", "2")]
    [InlineData("When was she discharged after the appendicitis stay?", "2012-06-19T00:00:00Z")]
    [InlineData("When was she discharged after the June 2012 inpatient stay?", "2012-06-19T00:00:00Z")]
    [InlineData("When was she admitted for appendicitis?", "2012-06-16T00:00:00Z")]
    [InlineData("How many ED attendances?", "1")]
    [InlineData("Highest heart rate after the discharge on 15 June 2012?", "120")]
    public async Task A_stay_is_told_by_its_class_its_reason_and_its_date(string question, string expected) => await AssertAsync(question, expected);

    [Theory]
    [InlineData("What is the difference between her heaviest and lightest weight since 2013?", "5")]
    [InlineData("How much weight has she lost since 2012?", "1")]
    [InlineData("How much weight did she put on between the first and the last measurement?", "3")]
    [InlineData("When was she at her heaviest?", "2012-01-01")]
    [InlineData("By how many kg did her weight change since 2013?", "5")]
    [InlineData("When was an LDL above 120 last seen?", "2012-11-01")]
    [InlineData("On which day was the concussion marked as resolved?", "2012-03-02")]
    [InlineData("Has the LDL fallen below 120?", "True")]
    public async Task A_verb_of_change_asks_for_the_change(string question, string expected) => await AssertAsync(question, expected);

    [Fact]
    public async Task A_difference_of_extremes_has_no_sign() => await AssertAsync("What is the difference between her heaviest and lightest weight?", "6");

    [Theory]
    [InlineData("Which diagnoses were made in 2012?", "Appendicitis", "Concussion")]
    [InlineData("Which drugs were started since 2012?", "Simvastatin 20 MG Oral Tablet", "Simvastatin 40 MG Oral Tablet")]
    public async Task What_began_in_a_time_is_all_that_did(string question, params string[] expected) => await AssertAsync(question, expected);

    private static async Task AssertAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()).Order(StringComparer.Ordinal));
    }

    private static string Condition(string id, string name, string status, string onset, string? end) =>
        $$"""{"resourceType":"Condition","id":"{{id}}","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"{{status}}"}]},"code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"onsetDateTime":"{{onset}}"{{(end is null ? "" : $",\"abatementDateTime\":\"{end}\"")}}}""";

    private static string Procedure(string id, string name, string date) =>
        $$"""{"resourceType":"Procedure","id":"{{id}}","status":"completed","code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"performedDateTime":"{{date}}"}""";

    private static string Order(string id, string name, string date) =>
        $$"""{"resourceType":"MedicationRequest","id":"{{id}}","status":"completed","intent":"order","medicationCodeableConcept":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"authoredOn":"{{date}}"}""";

    private static string Value(string id, string code, string display, string category, double value, string unit, string time) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"{{category}}"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{display}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} }""";

    private static string Stay(string id, string code, string start, string end, string reason) =>
        $$"""{"resourceType":"Encounter","id":"{{id}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{code}}"},{{HandWrittenRecord.Subject}},"period":{"start":"{{start}}","end":"{{end}}"},"reasonCode":[{"text":"{{reason}}"}]}""";
}
