using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What several words of a question name together, and what is answered when the record has it otherwise than the words say; plans are written as <see cref="PlanText"/> writes them.</summary>
public sealed class NamesSideBySideTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","name":[{"family":"Quillon","given":["Astrid"]}],"gender":"female","birthDate":"1950-05-06"}""",
        Laboratory("cr-1", "Creatinine", "2025-06-03"),
        Laboratory("na-1", "Sodium [Moles/volume] in Serum or Plasma", "2025-06-03"),
        Laboratory("acr-1", "Microalbumin Creatinine Ratio", "2025-06-03"),
        Laboratory("ts-1", "DXA [T-score] Bone density", "2025-06-03"),
        Procedure("mri-1", "Magnetic resonance imaging for measurement of brain volume", "2024-03-02"),
        Procedure("xr-1", "Ankle X-ray", "2024-05-02"),
        Procedure("dxa-1", "Bone density scan", "2025-06-03"),
        Procedure("birth-1", "Childbirth", "1980-05-02"),
        Procedure("birth-2", "Spontaneous vaginal birth", "1982-05-02"),
        Procedure("preg-1", "Standard pregnancy test", "1979-12-02"),
        Procedure("triage-1", "Triage", "2025-06-03"),
        Order("errin", "Errin 28 Day Pack"),
        Order("jolivette", "Jolivette 28 Day Pack"),
        Administration("hep", "Heparin"),
        Administration("prbc", "Packed Red Blood Cells"),
        Administration("morphine", "Morphine Sulfate"),
        Administration("kcl", "KCL (Bolus)"),
    ]);

    [Theory]
    [InlineData("latest serum creatinine", "latest LaboratoryResult 'serum creatinine'")]
    [InlineData("What was the plasma sodium?", "latest LaboratoryResult 'plasma sodium'")]
    [InlineData("highest albumin/creatinine ratio", "highest LaboratoryResult 'albumin/creatinine ratio'")]
    [InlineData("What was the T-score?", "latest Observation 't-score'")]
    [InlineData("When was the brain MRI?", "list Procedure 'brain mri' .Start")]
    [InlineData("when was the MRI of the brain done", "list Procedure 'mri of the brain' .Start")]
    [InlineData("How many pregnancy tests?", "count Procedure 'pregnancy tests'")]
    [InlineData("How many births were recorded as Childbirth procedures?", "count Procedure 'childbirth'")]
    [InlineData("When did she get red cells?", "list MedicationAdministration 'red cells' .Start")]
    public async Task Words_that_belong_together_name_one_thing(string question, string expected) => Assert.Equal(expected, PlanText.Of(await Plan(question)));

    [Theory]
    [InlineData("dose of the last morphine bolus")]
    [InlineData("heparin creatinine")]
    [InlineData("discharge sodium")]
    [InlineData("is she on Errin or better")]
    [InlineData("was the MRI ordered as needed")]
    public async Task What_no_query_relates_is_not_dropped(string question) => Assert.Equal("not understood", PlanText.Of(await Plan(question)));

    [Theory]
    [InlineData("creatinine and sodium", "latest LaboratoryResult 'creatinine' & latest LaboratoryResult 'sodium'")]
    [InlineData("creatinine, sodium", "latest LaboratoryResult 'creatinine' & latest LaboratoryResult 'sodium'")]
    public async Task Things_joined_by_a_conjunction_or_a_comma_stay_two(string question, string expected) => Assert.Equal(expected, PlanText.Of(await Plan(question)));

    [Theory]
    [InlineData("was heparin prescribed")]
    [InlineData("how many heparin vaccinations")]
    public async Task None_is_not_said_of_one_kind_while_another_holds_the_thing(string question) => Assert.Equal("not understood", PlanText.Of(await Plan(question)));

    [Theory]
    [InlineData("heparin route", "list MedicationAdministration 'heparin' .Route")]
    [InlineData("By what route was heparin given?", "list MedicationAdministration 'heparin' .Route")]
    public async Task Where_the_words_only_describe_the_record_says_which_kind_is_meant(string question, string expected) => Assert.Equal(expected, PlanText.Of(await Plan(question)));

    private static Task<Planners.Plan> Plan(string question) => Answering.Planner.PlanAsync(
        s_chart, new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Unknown, []), new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc), TestContext.Current.CancellationToken);

    private static string Laboratory(string id, string name, string day) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{day}}","valueQuantity":{"value":1.2,"unit":"1"} }""";

    private static string Procedure(string id, string name, string day) =>
        $$"""{"resourceType":"Procedure","id":"{{id}}","status":"completed","code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"performedDateTime":"{{day}}"}""";

    private static string Order(string id, string name) =>
        $$"""{"resourceType":"MedicationRequest","id":"{{id}}","status":"active","intent":"order","medicationCodeableConcept":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"authoredOn":"2025-11-03"}""";

    private static string Administration(string id, string name) =>
        $$"""{"resourceType":"MedicationAdministration","id":"{{id}}","status":"completed","medicationCodeableConcept":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-06-03T07:00:00Z","dosage":{"route":{"text":"IV"},"dose":{"value":1,"unit":"mL"} } }""";
}
