using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class KindTests
{
    [Theory]
    [InlineData("AMB", "\"system\":\"http://mimic.mit.edu/fhir/mimic/identifier/encounter-hosp\"", false, RecordKind.HospitalStay)]
    [InlineData("EMER", "\"system\":\"http://mimic.mit.edu/fhir/mimic/identifier/encounter-hosp\"", false, RecordKind.HospitalStay)]
    [InlineData("EMER", "\"system\":\"http://mimic.mit.edu/fhir/mimic/identifier/encounter-ed\"", true, RecordKind.EmergencyVisit)]
    [InlineData("EMER", "\"system\":\"http://mimic.mit.edu/fhir/mimic/identifier/encounter-ed\"", false, RecordKind.EmergencyVisit)]
    [InlineData("ACUTE", "\"system\":\"http://mimic.mit.edu/fhir/mimic/identifier/encounter-icu\"", true, RecordKind.IcuStay)]
    [InlineData("IMP", "\"value\":\"1\"", false, RecordKind.HospitalStay)]
    [InlineData("SS", "\"value\":\"1\"", false, RecordKind.HospitalStay)]
    [InlineData("EMER", "\"value\":\"1\"", true, RecordKind.EmergencyVisit)]
    [InlineData("EMER", "\"value\":\"1\"", false, RecordKind.HospitalStay, RecordKind.EmergencyVisit)]
    [InlineData("AMB", "\"value\":\"1\"", false, RecordKind.OutpatientVisit)]
    [InlineData("VR", "\"value\":\"1\"", false, RecordKind.OutpatientVisit)]
    [InlineData("HH", "\"value\":\"1\"", false, RecordKind.OutpatientVisit)]
    [InlineData("IMP", "\"value\":\"1\"", true)]
    public void An_encounter_is_what_its_identifiers_and_then_its_class_say(string code, string identifier, bool isPart, params RecordKind[] expected)
    {
        var encounter = RawRecords.BuildOne(
            "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"status\":\"finished\",\"class\":{\"code\":\"" + code + "\"},\"subject\":{\"reference\":\"Patient/p\"},"
            + "\"identifier\":[{" + identifier + "}]" + (isPart ? ",\"partOf\":{\"reference\":\"Encounter/whole\"}" : "") + "}");

        Assert.Equal([RecordKind.Encounter, .. expected], encounter.Kinds);
    }

    [Theory]
    [InlineData("Medical Intensive Care Unit (MICU)", true)]
    [InlineData("Cardiac ICU", true)]
    [InlineData("Medicine", false)]
    [InlineData("DIFFICULT AIRWAY SUITE", false)]
    public void A_part_of_a_stay_in_intensive_care_is_an_icu_stay(string location, bool isIcu)
    {
        var raw = RawRecords.Of(
            ["""{"resourceType":"Encounter","id":"e","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},"partOf":{"reference":"Encounter/w"},"location":[{"location":{"reference":"Location/l"}}]}"""],
            ["{\"resourceType\":\"Location\",\"id\":\"l\",\"name\":\"" + location + "\"}"]);

        var record = new RecordBuilder(TimeZoneInfo.Utc).Build(raw);

        Assert.Equal(isIcu ? 1 : 0, record.OfKind(RecordKind.IcuStay).Length);
        Assert.Single(record.OfKind(RecordKind.CareUnit));
    }

    [Theory]
    [InlineData("laboratory", "http://loinc.org", "2345-7", RecordKind.LaboratoryResult)]
    [InlineData("vital-signs", "http://loinc.org", "8867-4", RecordKind.VitalSign)]
    [InlineData("vital-sign", "http://loinc.org", "8867-4", RecordKind.VitalSign)]
    [InlineData("social-history", "http://loinc.org", "72166-2", RecordKind.SocialHistory)]
    [InlineData("Output", "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-d-items", "226560", RecordKind.Output)]
    [InlineData("Drains", "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-d-items", "226588", RecordKind.Output)]
    [InlineData("exam", "http://loinc.org", "9192-6", RecordKind.Output)]
    [InlineData("exam", "http://loinc.org", "9108-2", RecordKind.Intake)]
    [InlineData("x", "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-microbiology-test", "1", RecordKind.MicrobiologyTest)]
    [InlineData("x", "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-microbiology-organism", "1", RecordKind.Organism)]
    [InlineData("x", "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-microbiology-antibiotic", "1", RecordKind.Susceptibility)]
    [InlineData("MB", "http://loinc.org", "600-7", RecordKind.MicrobiologyTest)]
    [InlineData("survey", "http://loinc.org", "1")]
    public void An_observation_is_what_its_category_and_code_say(string category, string system, string code, params RecordKind[] expected)
    {
        var observation = RawRecords.BuildOne(
            "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/p\"},\"valueQuantity\":{\"value\":1},\"specimen\":{\"reference\":\"Specimen/s\"},"
            + "\"category\":[{\"coding\":[{\"code\":\"" + category + "\"}]}],\"code\":{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code + "\"}]}}");

        Assert.Equal([RecordKind.Observation, .. expected], observation.Kinds);
    }

    [Theory]
    [InlineData("Cefepime susceptibility", RecordKind.Susceptibility)]
    [InlineData("Susceptibility to cefepime", RecordKind.Susceptibility)]
    [InlineData("Ampicillin [Susceptibility] by Minimum inhibitory concentration (MIC)", RecordKind.Susceptibility)]
    [InlineData("Susceptibility weighted imaging")]
    public void A_susceptibility_without_a_code_is_known_by_its_name(string name, params RecordKind[] expected)
    {
        var observation = RawRecords.BuildOne(
            "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"text\":\"" + name + "\"}}");

        Assert.Equal([RecordKind.Observation, .. expected], observation.Kinds);
    }

    [Fact]
    public void A_drain_that_was_only_dated_is_no_output()
    {
        var observation = RawRecords.BuildOne(
            """{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"},"valueDateTime":"2020-01-01","category":[{"coding":[{"code":"Drains"}]}]}""");

        Assert.Equal([RecordKind.Observation], observation.Kinds);
    }

    [Fact]
    public void What_is_given_during_intensive_care_is_intake()
    {
        const string Icu = """{"resourceType":"Encounter","id":"icu","class":{"code":"ACUTE"},"subject":{"reference":"Patient/p"},"identifier":[{"system":"x/encounter-icu"}]}""";
        const string Ward = """{"resourceType":"Encounter","id":"ward","class":{"code":"IMP"},"subject":{"reference":"Patient/p"}}""";
        string Given(string id, string encounter) =>
            "{\"resourceType\":\"MedicationAdministration\",\"id\":\"" + id + "\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/p\"},\"context\":{\"reference\":\"Encounter/" + encounter + "\"}}";

        var record = RawRecords.Build(Given("1", "icu"), Given("2", "ward"), Icu, Ward);

        Assert.Equal("1", Assert.Single(record.OfKind(RecordKind.Intake)).Key.Id);
        Assert.Equal(2, record.OfKind(RecordKind.Medication).Length);
    }
}
