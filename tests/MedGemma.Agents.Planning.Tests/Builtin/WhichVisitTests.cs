using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Which stay, visit or appointment is meant: the one that goes on, the one that something happened in, the one with a clinician, the ones to come and the ones not kept.</summary>
public sealed class WhichVisitTests
{
    private static readonly string[] s_resources =
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","name":[{"family":"van Oort","given":["Mia"]}],"gender":"female","birthDate":"1950-05-06"}""",
        Visit("old", "finished", "IMP", "Inpatient stay", "2025-03-01T08:00:00Z", "2025-03-09T10:00:00Z", "Fall with hip fracture", "Johan Ek", "rehab", "Rehabilitation"),
        Visit("door", "finished", "EMER", "Emergency visit", "2025-07-01T20:00:00Z", "2025-07-01T23:30:00Z", "Nosebleed", null),
        Visit("gp", "finished", "AMB", "GP visit", "2025-08-05T09:00:00Z", "2025-08-05T09:20:00Z", "Ankle swelling", "Lena Falk"),
        Visit("clinic", "finished", "AMB", "Clinic visit", "2025-11-03T09:00:00Z", "2025-11-03T09:30:00Z", "Heart failure follow-up", "Amira Nasser"),
        Visit("off", "cancelled", "AMB", "Clinic visit", "2025-12-03T09:00:00Z", null, "Heart failure follow-up", "Amira Nasser"),
        Visit("now", "in-progress", "IMP", "Inpatient stay", "2026-01-12T08:00:00Z", null, "Pyelonephritis", "Sunil Rao", places: "Emergency Department|2026-01-12T08:00:00Z|2026-01-12T11:00:00Z;Ward 7|2026-01-12T11:00:00Z|"),
        $$"""{"resourceType":"Condition","id":"hip","clinicalStatus":{"coding":[{"code":"resolved"}]},"code":{"text":"Fracture of neck of femur","coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"S72.0","display":"Fracture of neck of femur"}]},{{HandWrittenRecord.Subject}},"onsetDateTime":"2025-03-01","abatementDateTime":"2025-06-01"}""",
        $$"""{"resourceType":"Condition","id":"tumour","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Colon cancer"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2024-06-18"}""",
        Procedure("scope", "Colonoscopy", "2024-06-18T09:20:00Z"),
        Procedure("cut", "Laparoscopic sigmoid resection", "2024-07-09T08:30:00Z"),
        Procedure("drip", "Chemotherapy", "2024-08-26T09:30:00Z"),
        Procedure("nail", "Hemiarthroplasty of left hip", "2025-03-02T14:10:00Z"),
        Appointment("a1", "booked", "Retinal screening", "2026-01-24T09:15:00Z"),
        Appointment("a2", "booked", "Geriatric assessment", "2026-03-17T13:15:00Z"),
        Appointment("a3", "noshow", "Spirometry", "2025-10-18T10:00:00Z"),
        Appointment("a4", "cancelled", "Dental review", "2026-02-15T09:00:00Z", ",\"cancelationReason\":{\"text\":\"Patient request\"}"),
        Appointment("a5", "fulfilled", "Heart failure follow-up", "2025-11-03T09:00:00Z"),
    ];

    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(s_resources);

    [Theory]
    [InlineData("When did this admission begin?", "2026-01-12T08:00:00Z")]
    [InlineData("When was she admitted?", "2026-01-12T08:00:00Z")]
    [InlineData("Since when has she been in hospital?", "2026-01-12T08:00:00Z")]
    [InlineData("Why is she in hospital?", "Pyelonephritis")]
    [InlineData("What was she admitted with?", "Pyelonephritis")]
    [InlineData("How many days has she been in hospital?", "3")]
    public Task One_stay_is_the_one_that_goes_on(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("When was her first admission?", "2025-03-01T08:00:00Z")]
    [InlineData("What was she admitted with on 1 March 2025?", "Fall with hip fracture")]
    [InlineData("How many times has she been admitted to hospital?", "2")]
    public Task A_stay_that_the_words_tell_is_not_the_one_that_goes_on(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task Of_stays_that_are_over_the_last_one_is_meant_and_said()
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.Build(s_resources.Where(resource => !resource.Contains("\"id\":\"now\"", StringComparison.Ordinal)).Append(Visit("older", "finished", "IMP", "Inpatient stay", "2020-03-01T08:00:00Z", "2020-03-02T08:00:00Z", "Gout", null))), "When was she admitted?");

        Assert.Equal(["2025-03-01T08:00:00Z"], answer.Values.Select(value => value.ToString()));
        Assert.Contains("last one", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Where was she discharged to after the hip fracture?", "Rehabilitation")]
    [InlineData("When was she discharged after the hemiarthroplasty?", "2025-03-09T10:00:00Z")]
    [InlineData("Discharge destination in March 2025?", "Rehabilitation")]
    public Task A_discharge_after_something_ends_the_stay_it_was_in(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("How many days between the colon cancer diagnosis and the operation?", "21")]
    [InlineData("How many days ago was the sigmoid resection?", "555")]
    [InlineData("How many days from admission to the hemiarthroplasty?", "1")]
    [InlineData("How many days until the retinal screening?", "9")]
    [InlineData("In how many days is her next appointment?", "9")]
    public Task Days_between_are_those_of_the_calendar_and_an_operation_is_one(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public Task A_length_of_stay_in_days_is_exact() => AnswersAsync("How many days was the stay of March 2025?", "8.08");

    [Theory]
    [InlineData("How old was she when she broke her hip?", "74")]
    [InlineData("Age at onset of the colon cancer?", "74")]
    [InlineData("Age when the hemiarthroplasty was done", "74")]
    public Task An_age_is_of_the_one_event_that_is_named(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("When did Dr Nasser last see her?", "2025-11-03T09:00:00Z")]
    [InlineData("When did she last see Dr. Ek?", "2025-03-01T08:00:00Z")]
    [InlineData("When was the last visit to her GP?", "2025-08-05T09:00:00Z")]
    [InlineData("When did we last have contact with her (any finished encounter)?", "2025-11-03T09:00:00Z")]
    [InlineData("When was the latest completed visit?", "2025-11-03T09:00:00Z")]
    [InlineData("When was she last in the emergency department?", "2025-07-01T20:00:00Z")]
    [InlineData("How long was she in the emergency department in July 2025?", "3.5")]
    public Task A_visit_is_told_by_who_where_and_whether_it_took_place(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("When was Mia admitted with pyelonephritis?", "2026-01-12T08:00:00Z")]
    [InlineData("Which ward is Ms van Oort on?", "Ward 7")]
    [InlineData("Did she go home after the hip fracture?", "False")]
    [InlineData("How many of her admissions ended in rehab?", "1")]
    [InlineData("Which wards was she on during this admission (emergency department left out)?", "Ward 7")]
    [InlineData("How many hospital stays has she had, counting this one?", "2")]
    [InlineData("Which of her visits was cancelled?", "2025-12-03T09:00:00Z")]
    [InlineData("How many days between the sigmoid resection and the first chemo?", "48")]
    [InlineData("How many hours did she wait in the emergency department in July 2025?", "3.5")]
    public Task Visits_are_told_by_patient_place_reason_and_end(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("How many admissions, including the unicorn ones?")]
    [InlineData("Which wards was she on, the moon left out?")]
    [InlineData("When did she last attend the unicorn clinic?")]
    public async Task What_narrows_or_widens_otherwise_stays_to_be_understood(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Theory]
    [InlineData("Did she turn up for spirometry?", "False")]
    [InlineData("Did she turn up for the heart failure follow-up?", "True")]
    public Task Whether_she_came_is_asked_of_what_was_kept(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task A_clinician_whom_the_record_does_not_know_is_not_passed_over() =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, "When did Dr Vole last see her?")).Status);

    [Theory]
    [InlineData("What is the next appointment for?", "Retinal screening")]
    [InlineData("What is she booked in for next?", "Retinal screening")]
    [InlineData("How many appointments are booked?", "2")]
    [InlineData("How many appointments lie ahead?", "2")]
    [InlineData("Which appointments are still to come?", "Retinal screening", "Geriatric assessment")]
    [InlineData("When is the geriatric assessment booked?", "2026-03-17T13:15:00Z")]
    [InlineData("Which appointment did she attend?", "Heart failure follow-up")]
    public Task Appointments_are_those_to_come_unless_the_words_are_of_those_kept(string question, params string[] expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Which appointment did she fail to attend?")]
    [InlineData("Which appointment did she miss?")]
    [InlineData("What appointment did she not turn up for?")]
    [InlineData("DNA appointments?")]
    [InlineData("Which appointment was a no-show?")]
    public Task What_was_not_kept_is_told_in_any_words(string question) => AnswersAsync(question, "Spirometry");

    [Theory]
    [InlineData("Why was the appointment on 15 February cancelled?", "Patient request")]
    [InlineData("Reason for cancelling the dental review appointment?", "Patient request")]
    public Task A_date_without_a_year_is_the_one_that_has_the_appointment(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task Something_that_is_only_booked_bounds_nothing_that_was()
    {
        var answer = await Answering.AskAsync(s_chart, "Which procedures were done after the retinal screening?");

        Assert.NotEqual(AnswerStatus.NoneRecorded, answer.Status);
    }

    [Theory]
    [InlineData("I have to decide on a mattress. When was Ms van Oort admitted?")]
    [InlineData("When was van Oort admitted? I need to write the letter.")]
    [InlineData("Coder: when was she admitted?")]
    [InlineData("Pharmacist here, reconciliation: when was she admitted?")]
    public async Task What_the_asker_says_of_himself_is_set_aside_and_said(string question)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(["2026-01-12T08:00:00Z"], answer.Values.Select(value => value.ToString()));
        Assert.Contains("no part of the question", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("She fell in July. When was she last in the emergency department?")]
    [InlineData("I need to know when she saw the unicorn.")]
    public async Task What_is_said_of_the_patient_is_never_set_aside(string question) =>
        Assert.DoesNotContain("no part of the question", (await Answering.AskAsync(s_chart, question)).Text, StringComparison.Ordinal);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Visit(string id, string status, string code, string type, string from, string? until, string why, string? who, string? left = null, string? leftText = null, string places = "") =>
        $$$"""{"resourceType":"Encounter","id":"{{{id}}}","status":"{{{status}}}","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{{{code}}}"},"type":[{"text":"{{{type}}}"}],{{{HandWrittenRecord.Subject}}},"period":{"start":"{{{from}}}"{{{(until is null ? "" : $",\"end\":\"{until}\"")}}}},"reasonCode":[{"text":"{{{why}}}"}]{{{(who is null ? "" : $",\"participant\":[{{\"individual\":{{\"reference\":\"Practitioner/{id}\",\"display\":\"Dr {who}\"}}}}]")}}}{{{(left is null ? "" : $",\"hospitalization\":{{\"dischargeDisposition\":{{\"coding\":[{{\"code\":\"{left}\"}}],\"text\":\"{leftText}\"}}}}")}}}{{{Places(places)}}} }""";

    private static string Places(string places) => places.Length == 0 ? "" : ",\"location\":[" + string.Join(',', places.Split(';').Select(place => place.Split('|')).Select(place =>
        $"{{\"location\":{{\"display\":\"{place[0]}\"}},\"period\":{{\"start\":\"{place[1]}\"{(place[2].Length == 0 ? "" : $",\"end\":\"{place[2]}\"")}}}}}")) + "]";

    private static string Procedure(string id, string name, string time) =>
        $$$"""{"resourceType":"Procedure","id":"{{{id}}}","status":"completed","code":{"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"performedDateTime":"{{{time}}}"}""";

    private static string Appointment(string id, string status, string name, string time, string more = "") =>
        $$$"""{"resourceType":"Appointment","id":"{{{id}}}","status":"{{{status}}}","description":"{{{name}}}","serviceType":[{"text":"{{{name}}}"}],"start":"{{{time}}}","participant":[{"actor":{"reference":"Patient/{{{HandWrittenRecord.Id}}}"},"status":"accepted"}]{{{more}}} }""";
}
