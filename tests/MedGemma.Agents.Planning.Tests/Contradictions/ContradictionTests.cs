using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Tests.Notes;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Planning.Tests.Contradictions;

public sealed class ContradictionTests
{
    private const string Potassium = "Potassium [Moles/volume] in Serum or Plasma";

    private static readonly ContradictionAnswerer s_answerer = new(
        Answering.Answerer,
        new ContradictionFinder(new RecordQueryEngine(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter()), ConceptVocabulary.BuiltIn, new UnitConverter(), TimeProvider.System, NullLogger<ContradictionFinder>.Instance),
        TimeZoneInfo.Utc);

    [Fact]
    public async Task Values_of_one_time_that_differ_are_shown_with_both_resources()
    {
        var found = await AskAsync("What was the latest potassium?", Result("k1", "2025-06-03T06:00:00Z", "4.4"), Result("k2", "2025-06-03T06:00:00Z", "5.4"));

        var contradiction = Assert.Single(found);
        Assert.Equal(ContradictionKind.ValuesDisagree, contradiction.Kind);
        Assert.Equal($"{Potassium} is recorded for 2025-06-03T06:00:00Z both as 4.4 mmol/L and as 5.4 mmol/L.", contradiction.Text);
        Assert.Equal(["Observation/k1"], contradiction.OneSide.Select(evidence => evidence.Resource.ToString()));
        Assert.Equal(["Observation/k2"], contradiction.OtherSide.Select(evidence => evidence.Resource.ToString()));
    }

    [Fact]
    public async Task The_same_value_in_another_unit_is_no_contradiction() => Assert.Empty(
        await AskAsync("What was the latest potassium?", Result("k1", "2025-06-03T06:00:00Z", "4.4"), Result("k2", "2025-06-03T06:00:00Z", "4400", unit: "umol/L")));

    [Fact]
    public async Task Units_that_cannot_be_brought_together_are_shown() => Assert.Equal(
        [ContradictionKind.IncompatibleUnits],
        (await AskAsync("List all potassium results.", Result("k1", "2025-06-03T06:00:00Z", "4.4"), Result("k2", "2025-07-03T06:00:00Z", "17", unit: "mm[Hg]"))).Select(one => one.Kind));

    [Theory]
    [InlineData("Labs: potassium 5.9 mmol/L today.", true)]
    [InlineData("Labs: potassium 5.9 today.", true)]
    [InlineData("Labs: potassium was 4.4.", false)]
    [InlineData("Potassium: 4 today.", false)]
    [InlineData("Gave potassium 40 mEq.", false)]
    [InlineData("Follow potassium 2 weeks from now.", false)]
    public async Task A_number_of_a_note_is_compared_with_the_results_of_that_day(string note, bool differs)
    {
        var found = await AskAsync("What was the latest potassium?", Result("k1", "2025-06-03T06:00:00Z", "4.4"), NoteRecords.Note("n1", "2025-06-03T15:00:00Z", note));

        Assert.Equal(differs ? [ContradictionKind.NoteAgainstRecord] : [], found.Select(one => one.Kind));
        Assert.All(found, one => Assert.Equal(note, one.Quote));
        Assert.All(found, one => Assert.Equal("DocumentReference/n1", one.OneSide[0].Resource.ToString()));
    }

    [Fact]
    public async Task A_number_of_another_day_is_not_compared() => Assert.Empty(
        await AskAsync("What was the latest potassium?", Result("k1", "2025-06-03T06:00:00Z", "4.4"), NoteRecords.Note("n1", "2025-08-03T15:00:00Z", "Potassium 5.9 mmol/L.")));

    [Theory]
    [InlineData("He continues warfarin 5 mg daily.", true)]
    [InlineData("Currently taking Coumadin.", true)]
    [InlineData("Warfarin was stopped in May; continues aspirin.", false)]
    [InlineData("He continues metformin.", false)]
    public async Task A_note_that_calls_an_ended_order_current_is_shown(string note, bool contradicts)
    {
        var found = await AskAsync(
            "When did the patient take warfarin?",
            Order("w1", "warfarin sodium 5 MG Oral Tablet", "2024-01-05", "completed", "2024-06-01"),
            NoteRecords.Note("n1", "2025-06-03T15:00:00Z", note));

        Assert.Equal(contradicts ? [ContradictionKind.EndedOrderDescribedAsCurrent] : [], found.Select(one => one.Kind));
    }

    [Fact]
    public async Task An_order_for_what_the_patient_is_allergic_to_is_shown()
    {
        var found = await AskAsync("What allergies does the patient have?", Allergy("a1", "Penicillin"), Order("m1", "amoxicillin 500 MG Oral Capsule", "2026-01-02", "active", "2026-02-01"));

        var contradiction = Assert.Single(found);
        Assert.Equal(ContradictionKind.AllergyAgainstOrder, contradiction.Kind);
        Assert.Equal(("AllergyIntolerance/a1", "MedicationRequest/m1"), (contradiction.OneSide[0].Resource.ToString(), contradiction.OtherSide[0].Resource.ToString()));
    }

    [Theory]
    [InlineData("NKDA.", 1)]
    [InlineData("Allergic to sulfamethoxazole.", 1)]
    [InlineData("Not allergic to sulfamethoxazole.", 0)]
    [InlineData("Allergic to penicillin.", 0)]
    public async Task A_note_about_allergies_is_compared_with_the_allergy_list(string note, int contradictions) => Assert.Equal(
        contradictions,
        (await AskAsync("What allergies does the patient have?", Allergy("a1", "Penicillin"), NoteRecords.Note("n1", "2025-06-03T15:00:00Z", note))).Count);

    [Fact]
    public async Task A_note_that_denies_a_recorded_diagnosis_is_shown()
    {
        var found = await AskAsync("Does the patient have gout?", Condition("g1", "90560007", "Gout", "2020-01-05"), NoteRecords.Note("n1", "2025-06-03T15:00:00Z", "He has no history of gout."));

        Assert.Equal([ContradictionKind.NoteAgainstRecord], found.Select(one => one.Kind));
    }

    [Fact]
    public async Task What_does_not_go_with_the_recorded_sex_or_lifetime_is_shown()
    {
        var prostate = await AskAsync("What conditions does the patient have?", Condition("p1", "399068003", "Malignant tumor of prostate", "2020-01-05"));
        var early = await AskAsync("What was the latest potassium?", Result("k1", "1949-06-03T06:00:00Z", "4.4"));

        Assert.Equal([ContradictionKind.SexImplausible], prostate.Select(one => one.Kind));
        Assert.Equal([ContradictionKind.AgeImplausible], early.Select(one => one.Kind));
    }

    [Fact]
    public async Task Orders_after_a_death_are_shown_once_a_drug_and_what_belongs_to_a_death_is_not()
    {
        const string Dead = $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06","deceasedDateTime":"2025-01-05"}""";
        var record = HandWrittenRecord.Build(
        [
            Dead, Order("m1", "cisplatin 50 MG Injection", "2025-02-01", "stopped", "2025-02-02"), Order("m2", "cisplatin 50 MG Injection", "2025-03-01", "stopped", "2025-03-02"),
            Procedure("e1", "Death certification"), Procedure("e2", "Autopsy"), Procedure("e3", "Appendectomy"), NoteRecords.Note("n1", "2025-02-03T15:00:00Z", "Letter to the family."),
        ]);

        var orders = (await s_answerer.AnswerAsync(record, Question("How many prescriptions are there?"), null, TestContext.Current.CancellationToken)).Contradictions;
        var procedures = (await s_answerer.AnswerAsync(record, Question("List all procedures."), null, TestContext.Current.CancellationToken)).Contradictions;

        var order = Assert.Single(orders);
        Assert.Equal("cisplatin 50 MG Injection is recorded 2 times, first for 2025-02-01, after the patient had died.", order.Text);
        Assert.Equal(["MedicationRequest/m1", "MedicationRequest/m2"], order.OneSide.Select(evidence => evidence.Resource.ToString()));
        Assert.StartsWith("Appendectomy is recorded for 2025-02-03", Assert.Single(procedures).Text, StringComparison.Ordinal);

        static string Procedure(string id, string name) =>
            $$"""{"resourceType":"Procedure","id":"{{id}}","status":"completed","code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"performedDateTime":"2025-02-03T10:00:00Z"}""";
    }

    [Fact]
    public async Task A_chart_that_agrees_with_itself_has_none()
    {
        foreach (var question in new[] { "What was the latest potassium?", "What medications is the patient on?", "Does the patient have diabetes?", "What allergies does the patient have?" })
        {
            var answer = await s_answerer.AnswerAsync(HandWrittenRecord.Record, Question(question), null, TestContext.Current.CancellationToken);
            Assert.Empty(answer.Contradictions);
        }
    }

    [Fact]
    public async Task They_are_in_the_JSON_beside_the_claims_and_change_none()
    {
        var record = Record(Result("k1", "2025-06-03T06:00:00Z", "4.4"), NoteRecords.Note("n1", "2025-06-03T15:00:00Z", "Potassium 9.9 <b>mmol/L</b>."));
        var answer = await s_answerer.AnswerAsync(record, Question("What was the latest potassium?"), null, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(AnswerJson.ToText(answer));

        var contradiction = json.RootElement.GetProperty("contradictions")[0];
        Assert.Equal("note-against-record", contradiction.GetProperty("kind").GetString());
        Assert.Equal("Observation/k1", contradiction.GetProperty("otherSide")[0].GetProperty("reference").GetString());
        Assert.DoesNotContain("9.9", answer.Text, StringComparison.Ordinal);
        Assert.Equal(4.4, Assert.Single(answer.Values).GetDouble());
    }

    private static async Task<IReadOnlyList<Contradiction>> AskAsync(string question, params string[] resources) =>
        (await s_answerer.AnswerAsync(Record(resources), Question(question), null, TestContext.Current.CancellationToken)).Contradictions;

    private static ChartQuestion Question(string text) => new(text, HandWrittenRecord.AsOf, AskerRole.Clinician, []);

    private static PatientRecord Record(params string[] resources) =>
        HandWrittenRecord.Build([$$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""", .. resources]);

    private static string Result(string id, string time, string value, string unit = "mmol/L") =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"{{Potassium}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} }""";

    private static string Order(string id, string drug, string authored, string status, string until) =>
        $$"""{"resourceType":"MedicationRequest","id":"{{id}}","status":"{{status}}","intent":"order","medicationCodeableConcept":{"text":"{{drug}}"},{{HandWrittenRecord.Subject}},"authoredOn":"{{authored}}","dispenseRequest":{"validityPeriod":{"start":"{{authored}}","end":"{{until}}"} } }""";

    private static string Allergy(string id, string name) =>
        $$"""{"resourceType":"AllergyIntolerance","id":"{{id}}","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"{{name}}"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"recordedDate":"2020-01-05"}""";

    private static string Condition(string id, string code, string display, string onset) =>
        $$"""{"resourceType":"Condition","id":"{{id}}","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"{{code}}","display":"{{display}}"}]},{{HandWrittenRecord.Subject}},"onsetDateTime":"{{onset}}","recordedDate":"{{onset}}"}""";
}
