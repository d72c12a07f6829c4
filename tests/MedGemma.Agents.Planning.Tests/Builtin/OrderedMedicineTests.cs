using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>A ward's chart: orders of the ward, orders on hold and called off, doses not given, and drugs that the record also knows as allergens and from susceptibilities.</summary>
public sealed class OrderedMedicineTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Order("f", "active", "Furosemide 10 MG/ML", "inpatient", "80 mg intravenous 2 times daily"),
        Order("b", "active", "Bisoprolol 5 MG Oral Tablet", "community", "5 mg once daily"),
        Order("r", "on-hold", "Rivaroxaban 20 MG Oral Tablet", "community", "20 mg daily with the evening meal", "Platelets below 50"),
        Order("h", "cancelled", "Heparin sodium", "inpatient", "5000 units every 8 hours", "Duplicate anticoagulation"),
        Order("l", "stopped", "lisinopril 10 MG oral tablet", "community", "10 mg daily", "Cough"),
        Order("n", "active", "Naproxen 220 MG Oral Tablet", "community", "220 mg as needed (bought over the counter)"),
        Order("o", "active", "Ondansetron 8 MG Oral Tablet", "community", "8 mg every 8 hours as needed for nausea"),
        Dose("d1", "completed", "Furosemide 10 MG/ML", "2026-01-13T13:00:00Z"),
        Dose("d2", "not-done", "Furosemide 10 MG/ML", "2026-01-13T22:00:00Z", "Systolic blood pressure below 95"),
        Dose("x1", "completed", "oxaliplatin 5 MG/ML", "2025-03-05T15:00:00Z"),
        Dose("x2", "completed", "oxaliplatin 5 MG/ML", "2025-03-19T15:00:00Z"),
        Allergy("al", "Lisinopril"),
        Allergy("ax", "Oxaliplatin"),
        $$"""{"resourceType":"Observation","id":"v","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"524-9","display":"Vancomycin [Susceptibility] by Minimum inhibitory concentration (MIC)"}],"text":"Vancomycin"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-06-03T06:00:00Z","valueCodeableConcept":{"text":"Resistant"} }""",
        $$"""{"resourceType":"Immunization","id":"c1","status":"completed","vaccineCode":{"text":"COVID-19 mRNA vaccine"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"occurrenceDateTime":"2021-04-20"}""",
        $$"""{"resourceType":"Immunization","id":"c2","status":"completed","vaccineCode":{"text":"COVID-19 mRNA vaccine"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"occurrenceDateTime":"2021-06-01"}""",
        $$"""{"resourceType":"CarePlan","id":"p","status":"active","intent":"plan","title":"FOLFOX","category":[{"text":"FOLFOX"}],{{HandWrittenRecord.Subject}},"period":{"start":"2025-03-01"} }""",
    ]);

    [Theory]
    [InlineData("Active inpatient orders?", "Furosemide 10 MG/ML")]
    [InlineData("Which medicine is on hold?", "Rivaroxaban 20 MG Oral Tablet")]
    [InlineData("Why was the heparin order cancelled?", "Duplicate anticoagulation")]
    [InlineData("Which over the counter medicines does she take?", "Naproxen 220 MG Oral Tablet")]
    [InlineData("Reason the furosemide was held on 13 January?", "Systolic blood pressure below 95")]
    public Task Orders_are_told_by_their_state_and_their_place(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Why was lisinopril stopped?", "Cough")]
    [InlineData("How many oxaliplatin doses has she had?", "2")]
    public Task A_drug_that_is_also_an_allergen_or_was_tested_is_looked_for_among_medicines(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Is she allergic to lisinopril?", "True")]
    [InlineData("Is she allergic to oxaliplatin?", "True")]
    public Task An_allergy_is_still_asked_of_allergies(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("When was the second covid dose?", "2021-06-01")]
    [InlineData("How many covid doses?", "2")]
    public Task A_dose_of_a_disease_is_one_of_its_vaccine(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Is she on a beta blocker, and how often does she take it?", "Frequency")]
    [InlineData("Is she on a beta blocker? At what dose?", "Dose")]
    [InlineData("Any drug allergy? To what?", "Allergies")]
    public async Task A_fragment_is_asked_of_what_the_clause_before_it_names(string question, string said)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Was vancomycin given?")]
    [InlineData("How many cycles of FOLFOX has she had?")]
    [InlineData("When was the last covid jab and which dose was it?")]
    public async Task What_is_not_recorded_as_such_is_not_counted(string question) => Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Order(string id, string status, string drug, string category, string sig, string? why = null) =>
        $$$"""{"resourceType":"MedicationRequest","id":"{{{id}}}","status":"{{{status}}}","intent":"order","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-category","code":"{{{category}}}"}] }],{{{(why is null ? "" : $$""" "statusReason":{"text":"{{why}}"}, """)}}}"medicationCodeableConcept":{"text":"{{{drug}}}"},{{{HandWrittenRecord.Subject}}},"authoredOn":"2026-01-12","dosageInstruction":[{"text":"{{{sig}}}"}] }""";

    private static string Dose(string id, string status, string drug, string time, string? why = null) =>
        $$$"""{"resourceType":"MedicationAdministration","id":"{{{id}}}","status":"{{{status}}}",{{{(why is null ? "" : $$""" "statusReason":[{"text":"{{why}}"}], """)}}}"medicationCodeableConcept":{"text":"{{{drug}}}"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{time}}}","dosage":{"dose":{"value":80,"unit":"mg"} } }""";

    private static string Allergy(string id, string substance) =>
        $$"""{"resourceType":"AllergyIntolerance","id":"{{id}}","clinicalStatus":{"coding":[{"code":"active"}]},"category":["medication"],"code":{"text":"{{substance}}"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"recordedDate":"2013-01-08"}""";
}
