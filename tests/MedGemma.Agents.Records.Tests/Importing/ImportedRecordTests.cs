using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Importing;

/// <summary>What a source gives must pass the record builder's own gate: the two must agree on whose a resource is.</summary>
public sealed class ImportedRecordTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("Patient?identifier=urn:mrn|7")]
    [InlineData("Patient?identifier=http://hospital.example/mrn|8")]
    [InlineData("Patient/a/_history/3")]
    public async Task A_record_builds_whatever_way_a_subject_is_named(string reference)
    {
        _store.Write("1.ndjson", $$"""
            {"resourceType":"Goal","id":"g","subject":{"reference":"{{reference}}"} }
            {"resourceType":"Patient","id":"a","identifier":[{"system":"urn:mrn","value":"7"},{"system":"http://hospital.example/mrn","value":"8"}]}
            """);

        await BuildsAlike("a", ["Goal/g", "Patient/a"]);
    }

    [Theory]
    [InlineData("http://server.example/fhir/Patient/a", true)]
    [InlineData("http://server.example/fhir/Patient/a/_history/2", true)]
    [InlineData("http://other.example/fhir/Patient/a", false)]
    public async Task A_subject_on_a_server_is_the_patient_whose_fullUrl_it_is(string reference, bool isTheirs)
    {
        _store.Write("1.json", """{"resourceType":"Bundle","type":"searchset","entry":[{"fullUrl":"http://server.example/fhir/Patient/a","resource":{"resourceType":"Patient","id":"a"}}]}""");
        _store.Write("2.ndjson", $$"""{"resourceType":"Goal","id":"g","subject":{"reference":"{{reference}}"} }""");

        await BuildsAlike("a", isTheirs ? ["Goal/g", "Patient/a"] : ["Patient/a"]);
    }

    [Fact]
    public async Task An_appointment_in_a_bundle_belongs_to_the_one_participant_who_is_a_patient()
    {
        _store.Write("1.json", """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:10","resource":{"resourceType":"Appointment","participant":[{"actor":{"reference":"urn:uuid:12"}},{"actor":{"reference":"urn:uuid:11"}}]}},
             {"fullUrl":"urn:uuid:11","resource":{"resourceType":"Patient","id":"a"}},
             {"fullUrl":"urn:uuid:12","resource":{"resourceType":"Practitioner","id":"p"}}]}
            """);

        await BuildsAlike("a", ["Appointment/10", "Patient/a"]);
    }

    [Fact]
    public async Task An_appointment_of_two_patients_is_in_no_record()
    {
        _store.Write("1.json", """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:10","resource":{"resourceType":"Appointment","participant":[{"actor":{"reference":"urn:uuid:12"}},{"actor":{"reference":"urn:uuid:11"}}]}},
             {"fullUrl":"urn:uuid:11","resource":{"resourceType":"Patient","id":"a"}},
             {"fullUrl":"urn:uuid:12","resource":{"resourceType":"Patient","id":"b"}}]}
            """);

        await BuildsAlike("a", ["Patient/a"]);
        await BuildsAlike("b", ["Patient/b"]);
    }

    [Fact]
    public async Task A_patient_without_an_id_goes_by_its_fullUrl()
    {
        _store.Write("1.json", """{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:11","resource":{"resourceType":"Patient"}}]}""");

        await BuildsAlike("11", ["Patient/11"]);
    }

    [Fact]
    public async Task A_secured_binary_supports_its_patient_alone()
    {
        _store.Write("1.ndjson", """
            {"resourceType":"Patient","id":"a"}
            {"resourceType":"Patient","id":"b"}
            {"resourceType":"DocumentReference","id":"d","subject":{"reference":"Patient/a"},"content":[{"attachment":{"url":"Binary/n"}}]}
            {"resourceType":"DocumentReference","id":"e","subject":{"reference":"Patient/b"},"content":[{"attachment":{"url":"Binary/n"}}]}
            {"resourceType":"Binary","id":"n","contentType":"text/plain","data":"AAAA","securityContext":{"reference":"Patient/a"}}
            """);

        Assert.Equal(["Binary/n"], StoreFixture.Keys((await BuildsAlike("a", ["DocumentReference/d", "Patient/a"])).Supporting));
        Assert.Empty((await BuildsAlike("b", ["DocumentReference/e", "Patient/b"])).Supporting);
    }

    /// <summary>Through the store and straight from the files.</summary>
    private async Task<RawRecord> BuildsAlike(string patient, string[] expected)
    {
        await _store.Import();
        var files = await FileRecordSource.OpenAsync([_store.Input], CompleteTypes.None, new(), TimeProvider.System, TestContext.Current.CancellationToken);
        var stored = await _store.Read(patient);
        foreach (var raw in new[] { stored, (await files.ReadAsync(patient, TestContext.Current.CancellationToken))! })
        {
            Assert.Equal(expected, StoreFixture.Keys(raw.Resources));
            Assert.Equal(StoreFixture.Keys(stored.Supporting), StoreFixture.Keys(raw.Supporting));
            PatientRecord record = new RecordBuilder(TimeZoneInfo.Utc).Build(raw);
            Assert.Equal(expected.Length, record.Resources.Length);
        }

        return stored;
    }
}
