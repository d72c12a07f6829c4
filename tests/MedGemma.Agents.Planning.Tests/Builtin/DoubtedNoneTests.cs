using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>"None" is only said where a slightly wider question has none either.</summary>
public sealed class DoubtedNoneTests
{
    private const string InStay = "\"encounter\":{\"reference\":\"Encounter/stay\"}";

    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        $$"""{"resourceType":"Encounter","id":"stay","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},{{HandWrittenRecord.Subject}},"period":{"start":"2025-03-01T22:00:00Z","end":"2025-03-05T10:00:00Z"} }""",
        $$"""{"resourceType":"Procedure","id":"surgery","status":"completed","code":{"text":"Hip replacement"},{{HandWrittenRecord.Subject}},"performedDateTime":"2025-03-02"}""",
        $$"""{"resourceType":"Procedure","id":"tube","status":"completed","code":{"text":"Endotracheal intubation"},{{HandWrittenRecord.Subject}},"performedDateTime":"2025-03-02T11:00:00Z"}""",
        $$"""{"resourceType":"Procedure","id":"early","status":"completed","code":{"text":"Colonoscopy"},{{HandWrittenRecord.Subject}},"performedDateTime":"2020-01-02"}""",
        $$"""{"resourceType":"Appointment","id":"next","status":"booked","description":"Wound check","start":"2026-02-02T09:00:00Z","end":"2026-02-02T09:20:00Z","participant":[{"actor":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"status":"accepted"}]}""",
        $$"""{"resourceType":"MedicationRequest","id":"order","status":"completed","intent":"order","medicationCodeableConcept":{"text":"Ketorolac"},{{HandWrittenRecord.Subject}},{{InStay}},"authoredOn":"2025-03-02"}""",
        $$"""{"resourceType":"MedicationRequest","id":"tablets","status":"active","intent":"order","medicationCodeableConcept":{"text":"Lisinopril 10 MG Oral Tablet"},{{HandWrittenRecord.Subject}},"authoredOn":"2024-03-02"}""",
        $$"""{"resourceType":"MedicationAdministration","id":"dose","status":"completed","medicationCodeableConcept":{"text":"Heparin"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-03-03T07:00:00Z","dosage":{"dose":{"value":5000,"unit":"UNT"} } }""",
        $$"""{"resourceType":"ServiceRequest","id":"asked","status":"completed","intent":"order","code":{"text":"Echocardiography"},{{HandWrittenRecord.Subject}},"authoredOn":"2025-03-02"}""",
        $$"""{"resourceType":"Procedure","id":"echo","status":"completed","code":{"text":"Echocardiography"},{{HandWrittenRecord.Subject}},"performedDateTime":"2025-03-04"}""",
        $$"""{"resourceType":"MedicationRequest","id":"error","status":"entered-in-error","intent":"order","doNotPerform":true,"medicationCodeableConcept":{"text":"Aspirin"},{{HandWrittenRecord.Subject}},"authoredOn":"2025-03-02"}""",
        $$"""{"resourceType":"Condition","id":"bone","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Osteoporosis"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2015-03-02"}""",
        $$"""{"resourceType":"FamilyMemberHistory","id":"mother","status":"completed","patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"relationship":{"coding":[{"code":"MTH","display":"mother"}]},"condition":[{"code":{"text":"Stroke"} }]}""",
        $$"""{"resourceType":"Observation","id":"k","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-03-03T06:00:00Z","valueQuantity":{"value":4.4,"unit":"mmol/L"} }""",
    ]);

    [Theory]
    [InlineData("Was she intubated after the hip replacement?")]
    [InlineData("What was the second procedure in January 2020?")]
    [InlineData("How much oral intake did she have?")]
    public async Task Nothing_beside_something_is_left_open(string question) => Assert.Equal(AnswerStatus.Unsure, (await AskAsync(question)).Status);

    [Fact]
    public async Task What_an_appointment_is_called_stands_for_a_reason_that_it_lacks() =>
        Assert.Equal("[Wound check]", Values(await AskAsync("What is her next appointment for?")).Replace("\"", "", StringComparison.Ordinal));

    [Fact]
    public async Task Nothing_after_an_event_and_nothing_on_its_day_is_none() =>
        Assert.Equal("[false]", Values(await AskAsync("Was there a colonoscopy after the hip replacement?")));

    [Theory]
    [InlineData("Was she given ketorolac?")]
    [InlineData("How many times was ketorolac given?")]
    [InlineData("Did she receive ketorolac in hospital?")]
    public async Task An_order_of_a_stay_does_not_say_that_the_drug_was_given(string question) => Assert.Equal(AnswerStatus.Unsure, (await AskAsync(question)).Status);

    [Fact]
    public async Task What_was_charted_as_given_was_given() => Assert.Equal("[true]", Values(await AskAsync("Was she given heparin?")));

    [Theory]
    [InlineData("What dose of heparin was ordered?")]
    [InlineData("What did the echocardiography show?")]
    public async Task Another_sort_of_entry_is_no_answer(string question) => Assert.Equal(AnswerStatus.Unsure, (await AskAsync(question)).Status);

    [Fact]
    public async Task A_ban_that_was_entered_in_error_is_none() => Assert.Equal("[false]", Values(await AskAsync("Is there an order not to give aspirin?")));

    [Theory]
    [InlineData("List her mother's medicines")]
    [InlineData("How many hospital stays has her mother had?")]
    [InlineData("When was her mother last vaccinated?")]
    public async Task The_care_of_relatives_is_not_looked_for_in_the_family_history(string question) => Assert.Equal(AnswerStatus.Unsure, (await AskAsync(question)).Status);

    [Fact]
    public async Task What_relatives_suffered_from_is_family_history() => Assert.Equal("[true]", Values(await AskAsync("Did her mother have a stroke?")));

    [Theory]
    [InlineData("When was osteoporosis diagnosed at the highest dose?")]
    [InlineData("Any abnormal immunizations?")]
    [InlineData("Which procedures were above the reference range?")]
    [InlineData("If the potassium was high, when was the hip replacement?")]
    [InlineData("Latest potassium according to the nurse?")]
    [InlineData("What was her potassium when standing?")]
    [InlineData("Latest potassium with osteoporosis")]
    [InlineData("In the other hospital, what was the potassium?")]
    [InlineData("Potassium - how many osteoporosis entries are there?")]
    public async Task A_condition_that_nothing_can_meet_is_not_dropped(string question) => Assert.Equal(AnswerStatus.Unsure, (await AskAsync(question)).Status);

    [Theory]
    [InlineData("Latest potassium according to the chart?", "[4.4]")]
    [InlineData("What was her latest potassium, if any?", "[4.4]")]
    [InlineData("Latest potassium in this lab?", "[4.4]")]
    [InlineData("How many colonoscopies or hip replacements has she had?", "[2]")]
    [InlineData("When was the first procedure in January 2020?", "[\"2020-01-02\"]")]
    public async Task Words_that_say_no_condition_stay_free(string question, string values) => Assert.Equal(values, Values(await AskAsync(question)));

    private static Task<Answer> AskAsync(string question) => Answering.AskAsync(s_chart, question);

    private static string Values(Answer answer) => $"[{string.Join(",", answer.Values.Select(value => value.GetRawText()))}]";
}
