using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What an answer must say where a quick reading of the chart would mislead.</summary>
public sealed class BedsideReadingTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""",
        Temperature("t-1", 37.0, "Cel", "2025-06-01"),
        Temperature("t-2", 36.6, "Cel", "2025-06-02"),
        Temperature("t-3", 36.4, "[degF]", "2025-06-03"),
        Allergy("al-1", "Shrimp", "food"),
        Allergy("al-2", "Sulfa drugs", "medication"),
        $$"""{"resourceType":"Condition","id":"fam","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"Z80.3","display":"Family history of malignant neoplasm of breast"}]},{{HandWrittenRecord.Subject}},"recordedDate":"2020-01-01"}""",
        $$"""{"resourceType":"Condition","id":"past","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"Z86.73","display":"Personal history of transient ischemic attack (TIA), and cerebral infarction without residual deficits"}]},{{HandWrittenRecord.Subject}},"recordedDate":"2020-01-01"}""",
        $$"""{"resourceType":"Procedure","id":"tons","status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"173422009","display":"Tonsillectomy"}]},{{HandWrittenRecord.Subject}},"performedDateTime":"1978"}""",
        $$"""{"resourceType":"Procedure","id":"preg","status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"252160004","display":"Standard pregnancy test"}]},{{HandWrittenRecord.Subject}},"performedDateTime":"2019-03-01"}""",
        $$"""{"resourceType":"MedicationRequest","id":"vic","status":"stopped","intent":"order","medicationCodeableConcept":{"text":"Vicodin 5 MG / 300 MG Oral Tablet"},{{HandWrittenRecord.Subject}},"authoredOn":"2018-04-01"}""",
        $$"""{"resourceType":"Observation","id":"smoke","status":"final","category":[{"coding":[{"code":"social-history"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"72166-2","display":"Tobacco smoking status"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-01-01","valueCodeableConcept":{"text":"Never smoker"} }""",
        Stay("stay-1", "2025-03-01T08:00:00Z", "2025-03-01T20:00:00Z"),
        Stay("stay-2", "2025-03-01T08:00:00Z", "2025-03-04T10:00:00Z"),
    ]);

    [Theory]
    [InlineData("latest temperature", "36.6")]
    [InlineData("last 2 temperatures", "36.6", "37.0")]
    [InlineData("any food allergies?", "Shrimp")]
    [InlineData("any drug allergies?", "Sulfa drugs")]
    [InlineData("Is there a family history of breast cancer?", "True")]
    [InlineData("has she had breast cancer?", "False")]
    [InlineData("any hx of stroke?", "True")]
    [InlineData("was she ever given Vicodin?", "True")]
    [InlineData("tonsils removed?", "Tonsillectomy")]
    [InlineData("does she smoke?", "Never smoker")]
    [InlineData("when was she last discharged", "2025-03-04T10:00:00Z")]
    public async Task The_chart_is_read_as_it_is_meant(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_drug_is_not_taken_for_the_laboratory_value_of_its_name()
    {
        var chart = HandWrittenRecord.Build(
        [
            $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""",
            $$"""{"resourceType":"MedicationRequest","id":"b12","status":"active","intent":"order","medicationCodeableConcept":{"text":"Vitamin B 12 5 MG/ML Injectable Solution"},{{HandWrittenRecord.Subject}},"authoredOn":"2018-04-01"}""",
        ]);

        Assert.Equal(AnswerStatus.NoneRecorded, (await Answering.AskAsync(chart, "latest vitamin B12")).Status);
    }

    [Fact]
    public async Task A_value_passed_over_as_implausible_is_said() =>
        Assert.Contains("Passed over as implausible: 1", (await Answering.AskAsync(s_chart, "latest temperature")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_test_that_stands_as_a_procedure_is_not_said_to_be_none() =>
        Assert.NotEqual("0", (await Answering.AskAsync(s_chart, "how many pregnancy tests")).Values.Select(value => value.ToString()).FirstOrDefault());

    [Fact]
    public async Task An_allergy_without_a_category_may_be_of_any()
    {
        var chart = HandWrittenRecord.Build([$$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""", Allergy("al-1", "Shrimp", null)]);

        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(chart, "any drug allergies?")).Status);
    }

    [Fact]
    public async Task A_misspelt_word_is_said_to_be_read_as_another() =>
        Assert.Contains("\"alergies\" is read as \"allergies\"", (await Answering.AskAsync(s_chart, "alergies")).Text, StringComparison.Ordinal);

    private static string Temperature(string id, double value, string unit, string day) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"8310-5","display":"Body temperature"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{day}}T08:00:00Z","valueQuantity":{"value":{{value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} }""";

    private static string Allergy(string id, string name, string? category) =>
        $$"""{"resourceType":"AllergyIntolerance","id":"{{id}}","clinicalStatus":{"coding":[{"code":"active"}]},{{(category is null ? "" : $"\"category\":[\"{category}\"],")}}"code":{"text":"{{name}}"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"recordedDate":"2010-01-01"}""";

    private static string Stay(string id, string from, string until) =>
        $$"""{"resourceType":"Encounter","id":"{{id}}","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},{{HandWrittenRecord.Subject}},"period":{"start":"{{from}}","end":"{{until}}"} }""";
}
