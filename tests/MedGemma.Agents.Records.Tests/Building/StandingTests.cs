using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class StandingTests
{
    [Theory]
    [InlineData("Observation", "\"status\":\"final\"", Standing.Counts, null)]
    [InlineData("Observation", "\"status\":\"preliminary\"", Standing.CountsWithLabel, "preliminary")]
    [InlineData("Observation", "\"status\":\"entered-in-error\"", Standing.NeverCounts, "entered in error")]
    [InlineData("Observation", "\"status\":\"cancelled\"", Standing.NeverCounts, "cancelled")]
    [InlineData("Observation", "\"status\":\"FINAL\"", Standing.CountsWithLabel, "status not understood")]
    [InlineData("Observation", "\"issued\":\"2020-01-01T00:00:00Z\"", Standing.CountsWithLabel, "status not recorded")]
    [InlineData("Observation", "\"status\":\"final\",\"focus\":[{\"reference\":\"Patient/child\"}]", Standing.CountsWithLabel, "about a focus other than the patient")]
    [InlineData("Procedure", "\"status\":\"not-done\"", Standing.NeverCounts, "not done")]
    [InlineData("Immunization", "\"status\":\"not-done\"", Standing.NeverCounts, "not done")]
    [InlineData("MedicationStatement", "\"status\":\"not-taken\"", Standing.NeverCounts, "not taken")]
    [InlineData("MedicationRequest", "\"status\":\"draft\"", Standing.NeverCounts, "draft")]
    [InlineData("MedicationRequest", "\"status\":\"active\",\"doNotPerform\":true", Standing.NeverCounts, "do not perform")]
    [InlineData("MedicationRequest", "\"status\":\"active\",\"doNotPerform\":false,\"intent\":\"order\"", Standing.Counts, null)]
    [InlineData("MedicationRequest", "\"status\":\"active\",\"intent\":\"proposal\"", Standing.CountsWithLabel, "proposal")]
    [InlineData("ServiceRequest", "\"status\":\"revoked\"", Standing.NeverCounts, "revoked")]
    [InlineData("Appointment", "\"status\":\"noshow\"", Standing.NeverCounts, "not attended")]
    [InlineData("DocumentReference", "\"status\":\"superseded\"", Standing.CountsWithLabel, "superseded")]
    [InlineData("Encounter", "\"status\":\"planned\"", Standing.NeverCounts, "planned")]
    [InlineData("Condition", "\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},\"verificationStatus\":{\"coding\":[{\"code\":\"refuted\"}]}", Standing.NeverCounts, "refuted")]
    [InlineData("Condition", "\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},\"verificationStatus\":{\"coding\":[{\"code\":\"differential\"}]}", Standing.CountsWithLabel, "differential")]
    [InlineData("Condition", "\"code\":{\"text\":\"x\"}", Standing.CountsWithLabel, "status not recorded")]
    [InlineData("AllergyIntolerance", "\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},\"verificationStatus\":{\"coding\":[{\"code\":\"unconfirmed\"}]}", Standing.CountsWithLabel, "unconfirmed")]
    public void A_status_decides_whether_a_resource_counts(string type, string elements, Standing standing, string? label)
    {
        var subject = SubjectOf(type);
        var resource = RawRecords.BuildOne("{\"resourceType\":\"" + type + "\",\"id\":\"x\"," + subject + "," + elements + "}");

        Assert.Equal(standing, resource.Standing);
        if (label is null)
            Assert.Empty(resource.Labels);
        else
            Assert.Contains(label, resource.Labels);
    }

    [Theory]
    [InlineData("Administered", Standing.Counts, null)]
    [InlineData("Not Given", Standing.NeverCounts, "not given")]
    [InlineData("Hold Dose", Standing.NeverCounts, "dose held")]
    [InlineData("Not Applied", Standing.NeverCounts, "not given")]
    [InlineData("not flushed", Standing.NeverCounts, "not given")]
    [InlineData("Stopped", Standing.CountsWithLabel, "infusion stopped, nothing given")]
    [InlineData("Partial Administered", Standing.CountsWithLabel, "partial dose")]
    public void A_completed_administration_may_say_in_its_method_that_nothing_was_given(string method, Standing standing, string? label)
    {
        var given = RawRecords.BuildOne(
            "{\"resourceType\":\"MedicationAdministration\",\"id\":\"m\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/p\"},\"dosage\":{\"method\":{\"coding\":[{\"code\":\"" + method + "\"}]}}}");

        Assert.Equal(standing, given.Standing);
        Assert.Equal(label is null ? [] : [label], given.Labels);
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/sid/icd-10-cm", "Z80.0", "Family history", "family history", false)]
    [InlineData("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd10", "Z853", "Personal history", "personal history", false)]
    [InlineData("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd9", "V1582", "Tobacco", "personal history", false)]
    [InlineData("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd9", "V173", "Heart", "family history", false)]
    [InlineData("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd10", "V173", "Cyclist", null, false)]
    [InlineData("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd10", "Z794", "Insulin", null, false)]
    [InlineData("http://snomed.info/sct", "428251008", "History of appendectomy", "personal history", false)]
    [InlineData("http://snomed.info/sct", "162573006", "Suspected lung cancer (situation)", "suspected", false)]
    [InlineData("http://snomed.info/sct", "160903007", "Full-time employment (finding)", "social", true)]
    [InlineData("http://snomed.info/sct", "73595000", "Stress (finding)", "social", true)]
    [InlineData("http://snomed.info/sct", "386661006", "Fever (finding)", null, false)]
    public void History_and_social_findings_are_no_disease(string system, string code, string display, string? label, bool isSocial)
    {
        var condition = RawRecords.BuildOne(
            "{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/p\"},\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},"
            + "\"code\":{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code + "\",\"display\":\"" + display + "\"}]}}");

        Assert.Equal(label is null ? [] : [label], condition.Labels);
        Assert.Equal(isSocial, condition.Kinds.Contains(RecordKind.SocialHistory));
        Assert.Contains(RecordKind.Condition, condition.Kinds);
    }

    [Fact]
    public void The_table_names_only_elements_and_codes_of_r4_and_says_where_each_row_is_from()
    {
        foreach (var row in RuleFile.Rows("status-table.json").EnumerateArray())
        {
            var type = row.GetProperty("type").GetString()!;
            var element = row.GetProperty("element").GetString()!;
            var mapping = ModelInfo.ModelInspector.FindClassMapping(type);
            var property = mapping?.FindMappedElementByName(element);
            Assert.True(property is not null, $"{type}.{element} is no element of R4.");
            Assert.StartsWith("http", row.GetProperty("source").GetString(), StringComparison.Ordinal);
            if (property.ImplementingType is { IsGenericType: true } code)
                Assert.All(Codes(row), text => Assert.True(EnumUtility.ParseLiteral(text, code.GenericTypeArguments[0]) is not null, $"{type}.{element} has no code {text}."));
        }
    }

    [Fact]
    public void Every_code_of_a_known_required_status_is_in_the_table()
    {
        var compared = 0;
        foreach (var row in RuleFile.Rows("status-table.json").EnumerateArray())
        {
            var type = row.GetProperty("type").GetString()!;
            var element = row.GetProperty("element").GetString()!;
            var property = ModelInfo.ModelInspector.FindClassMapping(type)!.FindMappedElementByName(element)!;
            if (property.ImplementingType is not { IsGenericType: true } code)
                continue;

            compared++;
            var listed = Codes(row).ToHashSet();
            foreach (Enum value in Enum.GetValues(code.GenericTypeArguments[0]))
                Assert.True(listed.Contains(value.GetLiteral()), $"{type}.{element} lacks {value.GetLiteral()}.");
        }

        Assert.True(compared > 40, $"Only {compared} elements were compared.");
    }

    private static IEnumerable<string> Codes(JsonElement row) =>
        row.GetProperty("codes").EnumerateArray().Select(code => code.GetProperty("code").GetString()!).Where(code => code.Length > 0);

    private static string SubjectOf(string type) => type switch
    {
        "Immunization" or "AllergyIntolerance" => "\"patient\":{\"reference\":\"Patient/p\"}",
        "Appointment" => "\"participant\":[{\"actor\":{\"reference\":\"Patient/p\"}}]",
        _ => "\"subject\":{\"reference\":\"Patient/p\"}",
    };
}
