using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Stays and visits: who, where, why, how they began and ended, and how many; the intensive care unit is a location within the stay here, as many sources have it.</summary>
public sealed class VisitQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Visit("er", "EMER", "Emergency", "2025-01-10T05:00:00Z", "2025-01-10T08:00:00Z", Who("ATND", "Ada Moss"), Ended("home", "Home", "Ambulance")),
        Visit("first", "IMP", "Hospital Encounter", "2025-03-01T08:00:00Z", "2025-03-09T10:00:00Z", Who("ATND", "Ben Kerr") + "," + Who("ADM", "Cleo Dunn"),
            Ended("snf", "Skilled nursing facility") + Places(("Medical ICU", "2025-03-01T08:00:00Z", "2025-03-03T10:00:00Z"), ("4 South Medicine", "2025-03-03T10:00:00Z", "2025-03-09T10:00:00Z"))),
        Visit("again", "IMP", "Hospital Encounter", "2025-03-20T08:00:00Z", "2025-03-22T08:00:00Z", Who("ATND", "Dan Ash"), Ended("home", "Home")),
        Visit("clinic", "AMB", "Check-up", "2025-11-03T09:00:00Z", "2025-11-03T09:30:00Z", Who("PPRF", "Eve Holt"), Reason("Post-operative check")),
        Visit("now", "IMP", "Hospital Encounter", "2026-01-12T08:00:00Z", null, Who("ATND", "Ben Kerr"), Places(("Medical ICU", "2026-01-12T08:00:00Z", "2026-01-13T08:00:00Z"), ("5 West Cardiology", "2026-01-13T08:00:00Z", null))),
        $$"""{"resourceType":"Condition","id":"cut","clinicalStatus":{"coding":[{"code":"resolved"}]},"code":{"text":"Laceration of thigh"},{{HandWrittenRecord.Subject}},"encounter":{"reference":"Encounter/er"},"onsetDateTime":"2025-01-10","abatementDateTime":"2025-02-01"}""",
        $$"""{"resourceType":"Condition","id":"old","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Gout"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2009-05-01","recordedDate":"2025-11-03"}""",
        $$"""{"resourceType":"Condition","id":"older","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Asthma"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2001-05-01","recordedDate":"2001-05-01"}""",
    ]);

    [Theory]
    [InlineData("Who admitted her in March 2025?", "Cleo Dunn")]
    [InlineData("Who was the attending for the March 1 2025 admission?", "Ben Kerr")]
    [InlineData("Who saw her last November?", "Eve Holt")]
    [InlineData("Which doctor did she see on 3 November 2025?", "Eve Holt")]
    [InlineData("What was she seen for on 3 November 2025?", "Post-operative check")]
    [InlineData("Reason for the visit in November 2025?", "Post-operative check")]
    [InlineData("Why did she go to the ER in January 2025?", "Laceration of thigh")]
    [InlineData("How did the January 2025 ED visit end?", "Home")]
    [InlineData("Where did she go after the 1 March 2025 admission?", "Skilled nursing facility")]
    [InlineData("How did she arrive at the ED?", "Ambulance")]
    [InlineData("Mode of arrival at the last ED visit?", "Ambulance")]
    [InlineData("type of the visit on 3 November 2025", "Check-up")]
    public Task What_is_asked_of_a_visit_is_given_and_nothing_else(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Where is she now?", "5 West Cardiology")]
    [InlineData("What unit is she on?", "5 West Cardiology")]
    [InlineData("Where is the patient in the hospital right now?", "5 West Cardiology")]
    [InlineData("Ward at discharge on 9 March 2025?", "4 South Medicine")]
    [InlineData("Which ward did she go to after the first ICU stay?", "4 South Medicine")]
    [InlineData("Which ward did she move to on 3 March 2025?", "4 South Medicine")]
    [InlineData("Was she ever on 4 South Medicine?", "True")]
    [InlineData("How many days was she on 4 South Medicine?", "6")]
    [InlineData("How many different wards has she been on?", "3")]
    public Task A_ward_is_where_the_patient_lay(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("How many ICU stays has she had?", "2")]
    [InlineData("How many hours was the first ICU stay?", "50")]
    [InlineData("When did she leave the ICU in March 2025?", "2025-03-03T10:00:00Z")]
    [InlineData("When was she discharged from the ICU in March 2025?", "2025-03-03T10:00:00Z")]
    public Task Time_in_a_unit_of_intensive_care_is_a_stay_where_the_source_has_no_other(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("How many hospital admissions, ED visits not counted?", "3")]
    [InlineData("How many hospitalizations (not ED)?", "3")]
    [InlineData("Was she readmitted within 20 days of the discharge on 9 March 2025?", "True")]
    [InlineData("Was she readmitted within 5 days of discharge on 9 March 2025?", "False")]
    [InlineData("Is she over 75?", "False")]
    [InlineData("Is she at least 75 years old?", "True")]
    [InlineData("How old was she at the first admission?", "74")]
    [InlineData("When was the laceration over?", "2025-02-01")]
    public Task What_bounds_or_excludes_is_kept(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Visits per year", "4", "1")]
    [InlineData("Admission and discharge dates of the first inpatient stay", "2025-03-01T08:00:00Z", "2025-03-09T10:00:00Z")]
    [InlineData("Which problems were recorded in November 2025?", "Gout")]
    [InlineData("visits in Q1 2025", "2025-01-10T05:00:00Z", "2025-03-01T08:00:00Z", "2025-03-20T08:00:00Z")]
    [InlineData("visits in the week of 4 March 2025")]
    [InlineData("visits within 3 days of 22 March 2025", "2025-03-20T08:00:00Z")]
    public async Task A_list_is_whole(string question, params string[] expected) =>
        Assert.Equal(expected, (await Answering.AskAsync(s_chart, question)).Values.Select(value => value.ToString()));

    [Theory]
    [InlineData("What was she discharged on?")]
    [InlineData("What happened in the ED?")]
    [InlineData("What day of the week was she admitted?")]
    [InlineData("visits around 3 November 2025")]
    [InlineData("How many visits, excluding the initial ones?")]
    public async Task What_no_query_says_is_not_dropped(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    private static async Task AnswersAsync(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status is AnswerStatus.Answered or AnswerStatus.NoneRecorded, answer.Text);
        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
    }

    private static string Visit(string id, string code, string type, string from, string? until, string who, string more) =>
        $$$"""{"resourceType":"Encounter","id":"{{{id}}}","status":"{{{(until is null ? "in-progress" : "finished")}}}","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{{code}}}"},"type":[{"text":"{{{type}}}"}],{{{HandWrittenRecord.Subject}}},"participant":[{{{who}}}],"period":{"start":"{{{from}}}"{{{(until is null ? "" : $",\"end\":\"{until}\"")}}}}{{{more}}}}""";

    private static string Who(string type, string name) =>
        $$$"""{"type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"{{{type}}}"}]}],"individual":{"display":"{{{name}}}"}}""";

    private static string Ended(string code, string name, string source = "Home") =>
        $$$""","hospitalization":{"admitSource":{"text":"{{{source}}}"},"dischargeDisposition":{"coding":[{"code":"{{{code}}}","display":"{{{name}}}"}]}}""";

    private static string Reason(string text) => $$""","reasonCode":[{"text":"{{text}}"}]""";

    private static string Places(params (string Name, string From, string? Until)[] places) =>
        $",\"location\":[{string.Join(',', places.Select(place => $$$"""{"location":{"display":"{{{place.Name}}}"},"status":"{{{(place.Until is null ? "active" : "completed")}}}","period":{"start":"{{{place.From}}}"{{{(place.Until is null ? "" : $",\"end\":\"{place.Until}\"")}}}}}"""))}]";
}
