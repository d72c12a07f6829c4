using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class ConceptTests
{
    private const string Clonidine = """
        {"resourceType":"Medication","id":"m","code":{"coding":[{"system":"ndc","code":"51079030020"}]},
         "identifier":[{"system":"ndc","value":"51079030020"},{"system":"x/formulary","value":"CATA2"},{"system":"x/mimic-medication-name","value":"CloniDINE"}]}
        """;

    private const string Saline = """{"resourceType":"Medication","id":"n","code":{"coding":[{"system":"ndc","code":"338"}]},"identifier":[{"system":"x/mimic-medication-name","value":"0.9% Sodium Chloride"}]}""";

    [Fact]
    public void A_medication_is_followed_to_its_codes_and_identifiers_and_goes_by_its_name()
    {
        var record = Build("""{"resourceType":"MedicationRequest","id":"r","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"Medication/m"}}""", Clonidine);

        var concept = record.OfKind(RecordKind.MedicationRequest)[0].Concept!;
        Assert.Equal("CloniDINE", concept.Name);
        Assert.Equal(["51079030020", "CATA2", "CloniDINE"], concept.Codings.Select(coding => coding.Code));
        Assert.Equal(new ResourceKey("Medication", "m"), concept.Holder);
        Assert.Equal("Medication.code", concept.Path);
    }

    [Fact]
    public void A_mix_is_about_each_of_its_ingredients()
    {
        const string Mix = """{"resourceType":"Medication","id":"mix","identifier":[{"system":"x/medication-mix","value":"a_b"}],"ingredient":[{"itemReference":{"reference":"Medication/m"}},{"itemReference":{"reference":"Medication/n"}},{"itemReference":{"reference":"Medication/mix"}}]}""";
        var record = Build("""{"resourceType":"MedicationRequest","id":"r","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"Medication/mix"}}""", Clonidine, Saline, Mix);

        var concept = record.OfKind(RecordKind.MedicationRequest)[0].Concept!;
        Assert.Contains(concept.Codings, coding => coding.Code == "CloniDINE");
        Assert.Contains(concept.Codings, coding => coding.Code == "0.9% Sodium Chloride");
        Assert.Equal(concept.Codings.Length, concept.Codings.Distinct().Count());
        Assert.Equal("Medication.identifier", concept.Path);
    }

    [Fact]
    public void A_medication_that_was_not_supplied_goes_by_the_references_display()
    {
        var record = Build("""{"resourceType":"MedicationRequest","id":"r","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"Medication/gone","display":"Aspirin"}}""");

        Assert.Equal("Aspirin", record.OfKind(RecordKind.MedicationRequest)[0].Concept!.Name);
        Assert.Equal("MedicationRequest.medication.display", record.OfKind(RecordKind.MedicationRequest)[0].Concept!.Path);
    }

    [Fact]
    public void A_care_plan_is_about_what_it_assesses()
    {
        var plan = RawRecords.BuildOne("""{"resourceType":"CarePlan","id":"c","subject":{"reference":"Patient/p"},"category":[{"coding":[{"code":"assess-plan"}]},{"text":"Fracture care"}]}""");

        Assert.Equal("Fracture care", plan.Concept!.Name);
        Assert.Equal("CarePlan.category[1]", plan.Concept.Path);
    }

    [Fact]
    public void The_index_gathers_one_thing_under_all_its_names_with_components_beside()
    {
        string Pressure(string id, string display) =>
            "{\"resourceType\":\"Observation\",\"id\":\"" + id + "\",\"status\":\"final\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"85354-9\",\"display\":\"" + display + "\"}]},"
            + "\"component\":[{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8480-6\",\"display\":\"Systolic\"}]}}]}";

        var record = RawRecords.Build(Pressure("1", "Blood pressure"), Pressure("2", "BP panel"));

        var panel = Assert.Single(record.Concepts.Entries, entry => entry.Codings[0].Code == "85354-9");
        Assert.Equal(["Blood pressure", "BP panel"], panel.Names);
        Assert.Equal(2, panel.Resources.Length);
        var systolic = Assert.Single(record.Concepts.Entries, entry => entry.Name == "Systolic");
        Assert.Equal(2, systolic.Resources.Length);
        Assert.Equal([RecordKind.Observation, RecordKind.VitalSign], systolic.Kinds);
        Assert.Equal("Observation.component[0].code", record.OfKind(RecordKind.Observation)[0].Parts[0].Path);
    }

    private static PatientRecord Build(string resource, params string[] supporting) =>
        new RecordBuilder(TimeZoneInfo.Utc).Build(RawRecords.Of([resource], supporting));
}
