using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>How treatment changed: one drug for another, the dose of one, and what the record holds against a drug.</summary>
public sealed class TreatmentChangeTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Order("w", "stopped", "Warfarin 5 MG Oral Tablet", 5, "2020-01-02T08:00:00Z", "2021-01-02T08:00:00Z", "Atrial fibrillation"),
        Order("a", "active", "Apixaban 5 MG Oral Tablet", 5, "2021-01-02T09:00:00Z", "2027-01-02T08:00:00Z", "Atrial fibrillation"),
        Order("l1", "completed", "Lisinopril 10 MG Oral Tablet", 10, "2020-01-02T08:00:00Z", "2021-01-02T08:00:00Z", "Hypertension"),
        Order("l2", "completed", "Lisinopril 20 MG Oral Tablet", 20, "2021-01-02T08:00:00Z", "2022-01-02T08:00:00Z", "Hypertension"),
        Order("l3", "active", "Lisinopril 20 MG Oral Tablet", 20, "2022-01-02T08:00:00Z", "2027-01-02T08:00:00Z", "Hypertension"),
        Order("d", "draft", "Morphine 2 MG Oral Tablet", 2, "2025-01-02T08:00:00Z", "2027-01-02T08:00:00Z", "Pain"),
        $$"""{"resourceType":"AllergyIntolerance","id":"al","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},"criticality":"high","code":{"text":"Allergy to penicillin"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"recordedDate":"2010-01-01","reaction":[{"manifestation":[{"text":"Hives"}],"severity":"moderate"}]}""",
        $$"""{"resourceType":"AllergyIntolerance","id":"la","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Latex"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"recordedDate":"2010-01-01","reaction":[{"manifestation":[{"text":"Rash"}]}]}""",
        $$"""{"resourceType":"DetectedIssue","id":"di","status":"final","code":{"text":"Drug Interaction Alert"},"severity":"high","patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"identifiedDateTime":"2025-05-10T10:00:00Z","implicated":[{"reference":"MedicationRequest/a"}],"detail":"Bleeding."}""",
    ]);

    [Theory]
    [InlineData("What replaced warfarin?", "Apixaban 5 MG Oral Tablet")]
    [InlineData("What was warfarin changed to?", "Apixaban 5 MG Oral Tablet")]
    [InlineData("What was started instead of warfarin?", "Apixaban 5 MG Oral Tablet")]
    [InlineData("Which drug took the place of warfarin?", "Apixaban 5 MG Oral Tablet")]
    [InlineData("What was she on before apixaban?", "Warfarin 5 MG Oral Tablet")]
    [InlineData("What did apixaban replace?", "Warfarin 5 MG Oral Tablet")]
    [InlineData("When was she switched from warfarin to apixaban?", "2021-01-02T09:00:00Z")]
    [InlineData("When was she changed over to apixaban?", "2021-01-02T09:00:00Z")]
    public async Task One_drug_takes_the_place_of_another_of_its_class_or_for_the_same_reason(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
        Assert.Contains("does not link the two", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What replaced lisinopril?")]
    [InlineData("When was she switched from apixaban to lisinopril?")]
    [InlineData("Why was warfarin changed to apixaban?")]
    public Task What_no_orders_show_is_not_made_up(string question) => IsUnsureAsync(question);

    [Theory]
    [InlineData("Was the lisinopril dose increased?", "True")]
    [InlineData("Has lisinopril been reduced?", "False")]
    [InlineData("When was lisinopril increased to 20 mg?", "2021-01-02T08:00:00Z")]
    [InlineData("When was the lisinopril dose changed?", "2021-01-02T08:00:00Z")]
    [InlineData("What was the previous dose of lisinopril?", "10")]
    public Task A_change_of_dose_is_read_of_the_orders_in_their_order(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("When was the lisinopril dose reduced?")]
    [InlineData("When was lisinopril increased to 40 mg?")]
    public Task A_change_that_there_was_not_has_no_time(string question) => IsUnsureAsync(question);

    [Theory]
    [InlineData("Is the morphine order active or just a draft?", "draft")]
    [InlineData("status of the morphine order", "draft")]
    [InlineData("status of the apixaban order", "active")]
    public Task The_status_of_an_order_that_never_counts_is_still_its_status(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("What happens when she gets penicillin?", "Hives")]
    [InlineData("What does latex do to her?", "Rash")]
    [InlineData("Which allergy causes hives?", "Allergy to penicillin")]
    [InlineData("How severe is the penicillin allergy?", "moderate")]
    [InlineData("Criticality of the penicillin allergy?", "high")]
    [InlineData("Is she allergic to amoxicillin?", "True")]
    [InlineData("Is she allergic to ciprofloxacin?", "False")]
    [InlineData("Can she have amoxicillin?", "Allergy to penicillin")]
    [InlineData("Should she have penicillin?", "Allergy to penicillin")]
    public Task An_allergy_speaks_of_its_class_and_says_what_it_does(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Can she have ciprofloxacin?")]
    [InlineData("What happened with warfarin?")]
    public Task Advice_is_not_given_for_want_of_an_allergy(string question) => IsUnsureAsync(question);

    [Theory]
    [InlineData("What does the interaction alert say?", "Bleeding.")]
    [InlineData("When was the interaction alert raised?", "2025-05-10T10:00:00Z")]
    [InlineData("Which drug is implicated in the interaction alert?", "Apixaban 5 MG Oral Tablet")]
    public Task An_interaction_is_asked_for_its_text_time_and_drugs(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("What strength of lisinopril is she on?", "20 MG")]
    [InlineData("How many refills are left on apixaban?", "3")]
    [InlineData("When does the apixaban prescription run out?", "2027-01-02T08:00:00Z")]
    public Task What_an_order_says_of_its_supply_is_of_the_last_one(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task Which_one_asks_for_the_name_of_what_there_is()
    {
        var answer = await Answering.AskAsync(s_chart, "Is she on an anticoagulant, and which one?");

        Assert.Equal(["Apixaban 5 MG Oral Tablet"], answer.Values.Select(value => value.ToString()));
    }

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static async Task IsUnsureAsync(string question) => Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    private static string Order(string id, string status, string drug, int dose, string from, string until, string reason) =>
        $$$"""{"resourceType":"MedicationRequest","id":"{{{id}}}","status":"{{{status}}}","intent":"order","medicationCodeableConcept":{"text":"{{{drug}}}"},{{{HandWrittenRecord.Subject}}},"authoredOn":"{{{from}}}","reasonCode":[{"text":"{{{reason}}}"}],"dosageInstruction":[{"text":"once daily","doseAndRate":[{"doseQuantity":{"value":{{{dose}}},"unit":"mg"} }]}],"dispenseRequest":{"validityPeriod":{"start":"{{{from}}}","end":"{{{until}}}"},"numberOfRepeatsAllowed":3} }""";
}
