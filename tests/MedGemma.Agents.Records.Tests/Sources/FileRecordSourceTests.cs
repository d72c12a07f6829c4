using System.Text;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Sources;

public sealed class FileRecordSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resources_of_a_patient_come_with_the_supporting_ones_they_reference_and_no_others()
    {
        _folder.Write("all.ndjson", """
            {"resourceType":"Patient","id":"a","name":[{"family":"Ray","given":["Ann"]}]}
            {"resourceType":"Patient","id":"b"}
            {"resourceType":"Observation","id":"o1","subject":{"reference":"Patient/a"},"performer":[{"reference":"PractitionerRole/r"}]}
            {"resourceType":"Observation","id":"o2","subject":{"reference":"Patient/b"},"performer":[{"reference":"Practitioner/q"}]}
            {"resourceType":"PractitionerRole","id":"r","practitioner":{"reference":"Practitioner/p"}}
            {"resourceType":"Practitioner","id":"p"}
            {"resourceType":"Practitioner","id":"q"}
            {"resourceType":"Group","id":"g","member":[{"entity":{"reference":"Patient/b"}}]}
            """);

        var source = await Open();
        var record = await source.ReadAsync("a", TestContext.Current.CancellationToken);

        Assert.NotNull(record);
        Assert.Equal(["Observation/o1", "Patient/a"], Keys(record.Resources));
        Assert.Equal(["Practitioner/p", "PractitionerRole/r"], Keys(record.Supporting));
        Assert.Empty(source.Problems);
    }

    [Fact]
    public async Task Two_people_with_one_id_cannot_be_asked_about_and_others_can()
    {
        _folder.Write("1.ndjson", """
            {"resourceType":"Patient","id":"1","name":[{"family":"Ray"}],"birthDate":"1950-01-01"}
            {"resourceType":"Patient","id":"2"}
            """);
        _folder.Write("2.ndjson", """
            {"resourceType":"Patient","id":"1","name":[{"family":"Fox"}],"birthDate":"1980-02-02"}
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/1"}}
            """);

        var source = await Open();

        Assert.Null(await source.ReadAsync("1", TestContext.Current.CancellationToken));
        Assert.Equal(["2"], (await source.FindPatientsAsync("", 10, TestContext.Current.CancellationToken)).Select(patient => patient.Id));
        Assert.EndsWith("2.ndjson, line 1: is another person than the Patient of the same id elsewhere in the files; neither can be asked about", Assert.Single(source.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_urn_uuid_subject_resolves_to_an_entry_that_comes_later()
    {
        _folder.Write("bundle.json", """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Condition","id":"c","subject":{"reference":"urn:uuid:2"}}},
             {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Patient"}}]}
            """);

        var source = await Open();
        var record = await source.ReadAsync("2", TestContext.Current.CancellationToken);

        Assert.NotNull(record);
        Assert.Equal(["Condition/c", "Patient/2"], Keys(record.Resources));
    }

    [Fact]
    public async Task The_same_urn_in_two_bundles_stays_within_each()
    {
        foreach (var id in new[] { "a", "b" })
        {
            _folder.Write(id + ".json", $$$"""
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"{{{id}}}"} },
                 {"resource":{"resourceType":"Condition","id":"of-{{{id}}}","subject":{"reference":"urn:uuid:1"} } } ]}
                """);
        }

        var source = await Open();

        foreach (var id in new[] { "a", "b" })
            Assert.Equal(["Condition/of-" + id, "Patient/" + id], Keys((await source.ReadAsync(id, TestContext.Current.CancellationToken))!.Resources));
    }

    [Theory]
    [InlineData("Patient?identifier=urn:mrn|7", "a")]
    [InlineData("Patient?identifier=urn%3Amrn%7C7", "a")]
    [InlineData("Patient?identifier=9", null)]
    [InlineData("Patient?identifier=urn:mrn|8", null)]
    [InlineData("Patient?name=Ann", null)]
    [InlineData("urn:uuid:nowhere", null)]
    public async Task A_conditional_subject_resolves_only_when_one_patient_fits(string reference, string? owner)
    {
        _folder.Write("all.ndjson", $$$"""
            {"resourceType":"Condition","id":"c","subject":{"reference":"{{{reference}}}"}}
            {"resourceType":"Patient","id":"a","identifier":[{"system":"urn:mrn","value":"7"},{"system":"urn:x","value":"9"}]}
            {"resourceType":"Patient","id":"b","identifier":[{"system":"urn:other","value":"7"},{"system":"urn:y","value":"9"}]}
            """);

        var source = await Open(CompleteTypes.Everything);

        foreach (var patient in new[] { "a", "b" })
        {
            var record = (await source.ReadAsync(patient, TestContext.Current.CancellationToken))!;
            Assert.Equal(owner == patient, record.Resources.Any(static resource => resource.Key.Type == "Condition"));
            Assert.Equal(owner is not null, record.Receipt.IsComplete("Condition"));
            Assert.True(record.Receipt.IsComplete("Observation"));
        }

        Assert.Equal(owner is null ? 1 : 0, source.Problems.Count);
    }

    [Fact]
    public async Task A_lost_line_of_unknown_type_leaves_no_type_complete()
    {
        _folder.Write("all.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resou\n");

        var source = await Open(CompleteTypes.Everything);
        var record = await source.ReadAsync("a", TestContext.Current.CancellationToken);

        Assert.False(record!.Receipt.AllComplete);
        Assert.False(record.Receipt.IsComplete("Observation"));
        Assert.Equal(2, Assert.Single(source.Problems).Position.Line);
    }

    [Fact]
    public async Task Completeness_is_what_the_caller_declares()
    {
        _folder.Write("p.json", """{"resourceType":"Patient","id":"a"}""");
        Assert.True(CompleteTypes.TryParse(["Observation", "Condition,Goal"], out var complete, out _));

        var receipt = (await (await Open(complete)).ReadAsync("a", TestContext.Current.CancellationToken))!.Receipt;

        Assert.True(receipt.IsComplete("Observation"));
        Assert.True(receipt.IsComplete("Goal"));
        Assert.False(receipt.IsComplete("Procedure"));
        Assert.False(receipt.IsComplete("Patient"));
    }

    [Theory]
    [InlineData("""{"complete":"all"}""", true, true)]
    [InlineData("""{"complete":["Observation"]}""", true, false)]
    [InlineData("""{"complete":["Observations"]}""", false, false)]
    [InlineData("""{"request":"http://x/$export","output":[{"type":"Patient","url":"http://x/d/p.ndjson","count":1}],"error":[]}""", true, true)]
    [InlineData("""{"request":"http://x/$export?_type=Patient,Observation","output":[{"type":"Patient","url":"http://x/d/p.ndjson"}]}""", true, false)]
    [InlineData("""{"request":"http://x/$export?_since=2020-01-01","output":[{"type":"Patient","url":"http://x/d/p.ndjson"}]}""", false, false)]
    [InlineData("""{"request":"http://x/$export","output":[{"type":"Patient","url":"http://x/d/p.ndjson","count":2}]}""", false, false)]
    [InlineData("""{"request":"http://x/$export","output":[{"type":"Goal","url":"http://x/d/g.ndjson"}]}""", false, false)]
    [InlineData("""{"request":"http://x/$export","output":[],"error":[{"type":"OperationOutcome","url":"http://x/e"}]}""", false, false)]
    public async Task A_manifest_proves_only_what_it_can(string manifest, bool observation, bool procedure)
    {
        _folder.Write("p.ndjson", """{"resourceType":"Patient","id":"a"}""");
        _folder.Write("manifest.json", manifest);

        var receipt = (await (await Open()).ReadAsync("a", TestContext.Current.CancellationToken))!.Receipt;

        Assert.Equal(observation, receipt.IsComplete("Observation"));
        Assert.Equal(procedure, receipt.IsComplete("Procedure"));
    }

    [Fact]
    public async Task Newer_is_by_lastUpdated_else_by_order()
    {
        _folder.Write("all.ndjson", """
            {"resourceType":"Patient","id":"a"}
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"2","lastUpdated":"2020-02-01T00:00:00Z"}}
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"1","lastUpdated":"2020-01-01T00:00:00Z"}}
            {"resourceType":"Goal","id":"h","subject":{"reference":"Patient/a"},"meta":{"versionId":"5"}}
            {"resourceType":"Goal","id":"h","subject":{"reference":"Patient/a"},"meta":{"versionId":"4"}}
            """);

        var record = await (await Open()).ReadAsync("a", TestContext.Current.CancellationToken);

        Assert.Equal("2", record!.Resources.Single(static resource => resource.Key.Id == "g").Version);
        Assert.Equal("4", record.Resources.Single(static resource => resource.Key.Id == "h").Version);
    }

    [Fact]
    public async Task Patients_are_found_by_part_of_name_identifier_or_id()
    {
        _folder.Write("all.ndjson", """
            {"resourceType":"Patient","id":"a","name":[{"family":"Ray","given":["Ann"]},{"use":"nickname","text":"Annie"}],"identifier":[{"value":"MRN-7"}]}
            {"resourceType":"Patient","id":"b","name":[{"text":"Bo Ek"}],"birthDate":"1970-01","gender":"male"}
            """);
        var source = await Open();

        async Task<string> Find(string text) =>
            string.Join(',', (await source.FindPatientsAsync(text, 10, TestContext.Current.CancellationToken)).Select(static match => match.Id));

        Assert.Equal("a", await Find("ann RAY"));
        Assert.Equal("a", await Find("annie"));
        Assert.Equal("a", await Find("mrn-7"));
        Assert.Equal("b", await Find("b"));
        Assert.Equal("a,b", await Find(""));
        Assert.Equal("", await Find("zzz"));
    }

    [Fact]
    public async Task The_bytes_are_those_of_the_file()
    {
        const string Line = """{ "id" : "a",   "resourceType":"Patient" , "active" : true }""";
        _folder.Write("p.ndjson", Line + "\n");

        var record = await (await Open()).ReadAsync("a", TestContext.Current.CancellationToken);

        Assert.Equal(Line, Encoding.UTF8.GetString(record!.Resources.Single().Json.Span));
    }

    [Fact]
    public async Task Mimic_demo_opens_without_a_problem()
    {
        var source = await FileRecordSource.OpenAsync(
            [SharedData.Require("mimic-demo")], CompleteTypes.Everything, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Empty(source.Problems);
        Assert.Equal(55, (await source.FindPatientsAsync("", 1000, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Synthea_bundles_and_exports_open_without_a_problem()
    {
        var source = await FileRecordSource.OpenAsync(
            [SharedData.Require("synthea"), SharedData.Require("synthea-notes")], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Empty(source.Problems);
        var patients = await source.FindPatientsAsync("", 1000, TestContext.Current.CancellationToken);
        Assert.Equal(21, patients.Count);
        foreach (var patient in patients)
            Assert.True((await source.ReadAsync(patient.Id, TestContext.Current.CancellationToken))!.Resources.Count > 10);
    }

    private Task<FileRecordSource> Open(CompleteTypes? complete = null) =>
        FileRecordSource.OpenAsync([_folder.Path], complete ?? CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Keys(IEnumerable<RawResource> resources) => resources.Select(static resource => resource.Key.ToString()).Order(StringComparer.Ordinal);
}
