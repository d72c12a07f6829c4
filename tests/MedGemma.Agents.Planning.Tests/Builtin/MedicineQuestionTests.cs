using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What is asked of medicines: when they were taken, how, why they were stopped, what was not given, at home and at discharge.</summary>
public sealed class MedicineQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Order("w", "stopped", "Warfarin 5 MG Oral Tablet", "2020-01-02", "2021-01-02", "5 mg by mouth every evening", "Atrial fibrillation", """ "statusReason":{"text":"Bleeding"}, """),
        Order("a", "active", "Apixaban 5 MG Oral Tablet", "2025-06-02", "2026-06-02", "5 mg by mouth twice daily", "Atrial fibrillation"),
        Order("f", "active", "Furosemide 40 MG Oral Tablet", "2025-06-02", "2026-06-02", "40 mg by mouth every morning", "Heart failure"),
        Order("g", "active", "Gabapentin", "2025-06-02", "2026-06-02", "300 mg by mouth at bedtime", "Neuralgia"),
        Order("t", "active", "Acetaminophen", "2025-06-02", "2026-06-02", "650 mg by mouth every six hours as needed", "Headache"),
        Order("n", "active", "Aspirin", "2025-06-02", "2026-06-02", "as directed", "Prevention", """ "doNotPerform":true, """),
        Order("d", "draft", "Morphine", "2025-06-02", "2026-06-02", "as directed", "Pain"),
        Given("h1", "completed", "Heparin", "2025-06-03T07:00:00Z", """ "dose":{"value":5000,"unit":"U"} """),
        Given("h2", "completed", "Heparin", "2025-06-03T19:00:00Z", """ "dose":{"value":5000,"unit":"U"} """),
        Given("h3", "completed", "Heparin", "2025-06-04T07:00:00Z", """ "method":{"text":"Hold Dose"} """),
        Given("k1", "not-done", "Ketorolac", "2025-06-04T08:00:00Z", """ "text":"as ordered" """),
        $$"""{"resourceType":"Immunization","id":"z","status":"not-done","statusReason":{"text":"patient objection"},"vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"187","display":"zoster recombinant"}]},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"occurrenceDateTime":"2025-03-13"}""",
        $$"""{"resourceType":"Immunization","id":"i","status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140","display":"Influenza, seasonal, injectable, preservative free"}]},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"occurrenceDateTime":"2025-10-10"}""",
    ]);

    [Theory]
    [InlineData("Was she on warfarin on 1 June 2020?", "False")]
    [InlineData("Was she taking furosemide on 1 December 2025?", "True")]
    [InlineData("Was she on apixaban on 1 June 2020?", "False")]
    public Task What_was_taken_on_a_day_is_not_what_was_ordered_on_it(string question, string expected) => expected == "False" && question.Contains("warfarin", StringComparison.Ordinal)
        ? IsUnsureAsync(question)
        : AnswersAsync(question, expected);

    [Theory]
    [InlineData("How does she take the furosemide?", "40 mg by mouth every morning")]
    [InlineData("how is apixaban given", "5 mg by mouth twice daily")]
    [InlineData("How should apixaban be taken?", "5 mg by mouth twice daily")]
    [InlineData("apixaban - how often?", "5 mg by mouth twice daily")]
    [InlineData("How many times a day does she take apixaban?", "5 mg by mouth twice daily")]
    [InlineData("What time of day does she take gabapentin?", "300 mg by mouth at bedtime")]
    [InlineData("how many tablets of furosemide a day", "40 mg by mouth every morning")]
    [InlineData("Is acetaminophen as needed?", "True")]
    [InlineData("Is gabapentin PRN?", "False")]
    public Task How_a_medicine_is_taken_is_said_by_its_instruction(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public Task How_often_something_was_given_is_a_count() => AnswersAsync("How often was heparin given?", "2");

    [Theory]
    [InlineData("What is she on for heart failure?", "Furosemide 40 MG Oral Tablet")]
    [InlineData("Which drug is for her atrial fibrillation?", "Apixaban 5 MG Oral Tablet")]
    [InlineData("Which medicines are taken at bedtime?", "Gabapentin")]
    [InlineData("any PRN meds?", "Acetaminophen")]
    public Task Medicines_are_found_by_what_they_are_for_and_how_they_are_taken(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Why was warfarin stopped?", "Bleeding")]
    [InlineData("What was the reason for stopping warfarin?", "Bleeding")]
    [InlineData("What was warfarin for?", "Atrial fibrillation")]
    public Task Why_a_drug_was_stopped_is_not_what_it_was_for(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Which dose of heparin was held?", "2025-06-04T07:00:00Z")]
    [InlineData("How many heparin doses were given?", "2")]
    [InlineData("Was any heparin dose held?", "True")]
    [InlineData("Which drug must not be given?", "Aspirin")]
    [InlineData("Is there an instruction not to give aspirin?", "True")]
    [InlineData("Is morphine a draft order?", "True")]
    [InlineData("Which vaccines did she decline?", "zoster recombinant")]
    [InlineData("Why was the shingles vaccine not given?", "patient objection")]
    public Task What_was_not_done_is_asked_for_by_itself(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Which doses did she refuse?")]
    [InlineData("What was she discharged on?")]
    public Task What_the_record_does_not_say_is_left_open(string question) => IsUnsureAsync(question);

    [Theory]
    [InlineData("Is she up to date with flu?", "2025-10-10")]
    [InlineData("How much heparin did she get in total?", "10000")]
    [InlineData("How many doses of heparin in total?", "2")]
    public Task What_is_asked_of_a_schedule_or_of_all_together_is_the_last_or_the_sum(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task Home_medicines_are_what_was_told_at_the_last_visit()
    {
        var chart = HandWrittenRecord.Build(
        [
            $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""",
            Visit("old", "2024-01-10T05:00:00Z"),
            Visit("new", "2025-03-10T05:00:00Z"),
            Told("s1", "Metformin", "old", "2024-01-10T06:00:00Z"),
            Told("s2", "Lisinopril", "new", "2025-03-10T06:00:00Z"),
        ]);

        var answer = await Answering.AskAsync(chart, "What does she take at home?");

        Assert.Equal(["Lisinopril"], answer.Values.Select(value => value.ToString()));
        Assert.Contains("told on 2025-03-10T06:00:00Z", answer.Text, StringComparison.Ordinal);

        // It was told at an earlier visit and is not among those of the last: neither yes nor no.
        var earlier = await Answering.AskAsync(chart, "Does she take metformin at home?");
        Assert.Equal(AnswerStatus.Unsure, earlier.Status);
        Assert.Contains("at the last visit", earlier.Text, StringComparison.Ordinal);
        Assert.Equal(["False"], (await Answering.AskAsync(chart, "Does she take warfarin at home?")).Values.Select(value => value.ToString()));
    }

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static async Task IsUnsureAsync(string question) => Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    private static string Order(string id, string status, string drug, string from, string until, string sig, string reason, string more = "") =>
        $$$"""{"resourceType":"MedicationRequest","id":"{{{id}}}","status":"{{{status}}}","intent":"order",{{{more}}}"medicationCodeableConcept":{"text":"{{{drug}}}"},{{{HandWrittenRecord.Subject}}},"authoredOn":"{{{from}}}","reasonCode":[{"text":"{{{reason}}}"}],"dosageInstruction":[{"text":"{{{sig}}}"}],"dispenseRequest":{"validityPeriod":{"start":"{{{from}}}","end":"{{{until}}}"} } }""";

    private static string Given(string id, string status, string drug, string time, string dosage) =>
        $$$"""{"resourceType":"MedicationAdministration","id":"{{{id}}}","status":"{{{status}}}","medicationCodeableConcept":{"text":"{{{drug}}}"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{time}}}","dosage":{ {{{dosage}}} } }""";

    private static string Visit(string id, string start) =>
        $$$"""{"resourceType":"Encounter","id":"{{{id}}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"EMER"},{{{HandWrittenRecord.Subject}}},"period":{"start":"{{{start}}}","end":"{{{start}}}"}}""";

    private static string Told(string id, string drug, string visit, string time) =>
        $$$"""{"resourceType":"MedicationStatement","id":"{{{id}}}","status":"unknown","medicationCodeableConcept":{"text":"{{{drug}}}"},{{{HandWrittenRecord.Subject}}},"context":{"reference":"Encounter/{{{visit}}}"},"dateAsserted":"{{{time}}}"}""";
}
