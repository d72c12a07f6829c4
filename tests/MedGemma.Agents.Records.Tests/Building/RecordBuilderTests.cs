using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class RecordBuilderTests
{
    private const string Stay = """
        {"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},
         "period":{"start":"2020-01-01T10:00:00Z","end":"2020-01-05T12:00:00Z"},"location":[{"location":{"reference":"Location/l"}}]}
        """;

    [Theory]
    [InlineData("""{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/other"}}""")]
    [InlineData("""{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"}}""")]
    [InlineData("""{"resourceType":"Observation","id":"o","subject":{"reference":"Group/p"}}""")]
    [InlineData("""{"resourceType":"Observation","id":"o","subject":{"reference":"urn:uuid:nobody"}}""")]
    [InlineData("""{"resourceType":"Observation","id":"o","subject":{"reference":"#p"}}""")]
    [InlineData("""{"resourceType":"Patient", "id":"other"}""")]
    public void A_resource_whose_subject_is_not_the_patient_breaks_the_build(string resource)
    {
        var raw = RawRecords.Of("""{"resourceType":"Patient","id":"p"}""", resource);

        var thrown = Assert.Throws<InvalidDataException>(() => new RecordBuilder(TimeZoneInfo.Utc).Build(raw));

        Assert.DoesNotContain("other", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_supporting_resource_of_another_patient_breaks_the_build()
    {
        var raw = RawRecords.Of([], ["""{"resourceType":"Device","id":"d","patient":{"reference":"Patient/other"}}"""]);

        Assert.Throws<InvalidDataException>(() => new RecordBuilder(TimeZoneInfo.Utc).Build(raw));
    }

    [Fact]
    public void A_resource_under_a_key_that_is_not_its_own_breaks_the_build()
    {
        var observation = RawRecords.Resource("""{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/p"}}""");
        var raw = RawRecords.Of() with { Resources = [RawRecords.Resource("""{"resourceType":"Patient","id":"p"}"""), observation with { Key = new ResourceKey("Condition", "o") }] };

        Assert.Throws<InvalidDataException>(() => new RecordBuilder(TimeZoneInfo.Utc).Build(raw));
    }

    [Fact]
    public void A_record_without_its_patient_is_not_built() =>
        Assert.Throws<InvalidDataException>(() => new RecordBuilder(TimeZoneInfo.Utc).Build(RawRecords.Of() with { Resources = [] }));

    [Fact]
    public void Subjects_by_urn_and_absolute_url_are_the_patients()
    {
        RawResource[] resources =
        [
            RawRecords.Resource("""{"resourceType":"Patient","id":"p"}""", "urn:uuid:4711"),
            RawRecords.Resource("""{"resourceType":"Observation","id":"1","subject":{"reference":"urn:uuid:4711"},"encounter":{"reference":"urn:uuid:e"}}""", "https://ehr.example.org/fhir/Observation/1"),
            RawRecords.Resource("""{"resourceType":"Observation","id":"2","subject":{"reference":"https://ehr.example.org/fhir/Patient/p"}}"""),
            RawRecords.Resource("""{"resourceType":"Observation","id":"3","subject":{"reference":"Patient/p/_history/7"}}"""),
            RawRecords.Resource(Stay),
        ];

        var record = new RecordBuilder(TimeZoneInfo.Utc).Build(RawRecords.Of() with { Resources = resources });

        Assert.Equal(5, record.Resources.Length);
        Assert.Equal(new ResourceKey("Encounter", "e"), record.OfKind(RecordKind.Observation).Single(found => found.Key.Id == "1").Encounter);
        Assert.True(record.TryFollow("urn:uuid:4711", out var patient));
        Assert.Same(record.Patient, patient);
        Assert.True(record.TryFollow("urn:uuid:e", out _));
        Assert.False(record.TryFollow("urn:uuid:f", out _));
    }

    [Fact]
    public void A_subject_of_the_same_id_on_another_server_is_another_patient()
    {
        RawResource[] resources =
        [
            RawRecords.Resource("""{"resourceType":"Patient","id":"p"}""", "https://ehr.example.org/fhir/Patient/p"),
            RawRecords.Resource("""{"resourceType":"Observation","id":"1","subject":{"reference":"https://other.example.org/fhir/Patient/p"}}"""),
        ];

        Assert.Throws<InvalidDataException>(() => new RecordBuilder(TimeZoneInfo.Utc).Build(RawRecords.Of() with { Resources = resources }));
    }

    [Fact]
    public void Resources_are_in_order_of_time_and_those_without_last()
    {
        string Observation(string id, string time) =>
            "{\"resourceType\":\"Observation\",\"id\":\"" + id + "\",\"subject\":{\"reference\":\"Patient/p\"}" + time + "}";

        var record = RawRecords.Build(
            Observation("none", ""),
            Observation("late", ",\"effectiveDateTime\":\"2020-05-01T10:00:00+02:00\""),
            Observation("same-b", ",\"effectiveDateTime\":\"2020-05-01T09:00:00+02:00\""),
            Observation("same-a", ",\"effectiveDateTime\":\"2020-05-01T07:00:00Z\""),
            Observation("year", ",\"effectiveDateTime\":\"2020\""));

        Assert.Equal(["year", "same-a", "same-b", "late", "none", "p"], record.Resources.Select(resource => resource.Key.Id));
    }

    [Fact]
    public void Of_two_versions_of_a_resource_the_newer_one_is_in_the_record()
    {
        var older = RawRecords.Resource("""{"resourceType":"Observation","id":"o","status":"preliminary","subject":{"reference":"Patient/p"}}""") with { LastUpdated = DateTimeOffset.UnixEpoch };
        var newer = RawRecords.Resource("""{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"}}""") with { LastUpdated = DateTimeOffset.UnixEpoch.AddDays(1) };
        var patient = RawRecords.Resource("""{"resourceType":"Patient","id":"p"}""");
        foreach (var order in new[] { new[] { patient, older, newer }, [newer, older, patient] })
        {
            var record = new RecordBuilder(TimeZoneInfo.Utc).Build(RawRecords.Of() with { Resources = order });
            Assert.Equal("final", Assert.Single(record.OfKind(RecordKind.Observation)).Status);
        }
    }

    [Fact]
    public void Every_r4_type_of_a_patient_is_kept()
    {
        var types = SubjectReference.Types.Where(type => type is not ("Appointment" or "Account" or "Contract")).ToList();
        var record = RawRecords.Build([.. types.Select(type =>
            "{\"resourceType\":\"" + type + "\",\"id\":\"x\",\"" + SubjectReference.ElementOf(type) + "\":{\"reference\":\"Patient/p\"}}")]);

        Assert.Equal(types.Order(), record.Resources.Select(resource => resource.Key.Type).Where(type => type != "Patient").Order());
        Assert.All(types, type => Assert.True(record.TryFollow(type + "/x", out _)));
    }

    [Fact]
    public void Contained_resources_are_followed_from_their_holder()
    {
        var order = RawRecords.BuildOne("""
            {"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order","subject":{"reference":"Patient/p"},
             "contained":[{"resourceType":"Medication","id":"c","code":{"text":"Aspirin 81 mg"}}],"medicationReference":{"reference":"#c"}}
            """);

        Assert.Equal("Aspirin 81 mg", order.Concept!.Text);
        Assert.Equal("MedicationRequest.contained.where(id='c').code", order.Concept.Path);
        var record = RawRecords.Build("""{"resourceType":"List","id":"l","subject":{"reference":"Patient/p"},"contained":[{"resourceType":"Basic","id":"b"}]}""");
        Assert.True(record.TryFollow(record.OfKind(RecordKind.List)[0], "#b", out var basic));
        Assert.Equal("Basic", basic.GetProperty("resourceType").GetString());
        Assert.False(record.TryFollow(record.Patient, "#b", out _));
    }

    [Fact]
    public void Security_labels_are_gathered()
    {
        var record = RawRecords.Build("""{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]}}""");

        Assert.Equal("R", Assert.Single(record.Restrictions).Code);
    }
}
