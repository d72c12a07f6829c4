using System.Text;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Importing;

public sealed class ImporterTests : IDisposable
{
    private const string Ann = """{"resourceType":"Patient","id":"a","name":[{"text":"Ann Ray"}],"identifier":[{"system":"urn:mrn","value":"7"}]}""";
    private const string AnnHere = """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"1","name":[{"family":"Ray"}],"birthDate":"1950-01-01"}},{"resource":{"resourceType":"Goal","id":"g1","subject":{"reference":"Patient/1"}}}]}""";
    private const string BobThere = """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"1","name":[{"family":"Fox"}],"birthDate":"1980-02-02"}},{"resource":{"resourceType":"Goal","id":"g2","subject":{"reference":"Patient/1"}}}]}""";
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_import_again_changes_nothing()
    {
        _store.Write("a.ndjson", Ann + "\n" + """{"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"}}""");

        var first = await _store.Import();
        var token = await _store.Store.GetChangeTokenAsync("a", Token);
        var second = await _store.Import();

        Assert.Equal((2, 2, 0, 0, 0), (first.Read, first.Added, first.Updated, first.Unchanged, first.Refused));
        Assert.Equal((2, 0, 0, 2, 0), (second.Read, second.Added, second.Updated, second.Unchanged, second.Refused));
        Assert.Equal(token, await _store.Store.GetChangeTokenAsync("a", Token));
        Assert.Equal(["Goal/g", "Patient/a"], StoreFixture.Keys((await _store.Read("a")).Resources));
    }

    [Fact]
    public async Task A_bundle_of_another_person_with_a_known_id_is_taken_back_and_said()
    {
        _store.Write("1.json", AnnHere);
        _store.Write("2.json", BobThere);

        var summary = await _store.Import();

        Assert.Equal((2, 2, 0, 1), (summary.Read, summary.Added, summary.Updated, summary.Refused));
        Assert.Equal(["Goal/g1", "Patient/1"], StoreFixture.Keys((await _store.Read("1")).Resources));
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","id":"1","name":[{"family":"Fox"}],"birthDate":"1950-01-01"}""")]
    [InlineData("""{"resourceType":"Patient","id":"1","name":[{"family":"Fox"},{"family":"RAY"}],"birthDate":"1951-01-01"}""")]
    [InlineData("""{"resourceType":"Patient","id":"1"}""")]
    public async Task A_person_who_keeps_a_name_or_the_birth_date_is_the_same(string later)
    {
        _store.Write("1.json", AnnHere);
        _store.Write("2.ndjson", later);

        var summary = await _store.Import();

        Assert.Equal((1, 0), (summary.Updated, summary.Refused));
    }

    [Theory]
    [InlineData("""{"fullUrl":"http://h/fhir/Patient/b","resource":{"resourceType":"Patient","id":"a"}}""")]
    [InlineData("""{"fullUrl":"Patient/b","resource":{"resourceType":"Patient","id":"a"}}""")]
    [InlineData("""{"fullUrl":"http://h/fhir/Observation/a","resource":{"resourceType":"Patient","id":"a"}}""")]
    public async Task An_entry_whose_fullUrl_names_another_resource_is_refused(string entry)
    {
        _store.Write("1.json", $$$"""{"resourceType":"Bundle","type":"collection","entry":[{{{entry}}},{"resource":{"resourceType":"Goal","id":"g","subject":{"reference":"http://h/fhir/Patient/b"} } }]} """);

        var summary = await _store.Import();

        Assert.Equal((1, 2), (summary.Read, summary.Refused));
        Assert.Null(await _store.Store.ReadAsync("a", Token));
    }

    [Fact]
    public async Task A_bundle_in_which_two_patients_have_one_fullUrl_is_not_taken()
    {
        _store.Write("1.json", """
            {"resourceType":"Bundle","type":"collection","entry":[
             {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"a"}},
             {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"b"}},
             {"resource":{"resourceType":"Goal","id":"g","subject":{"reference":"urn:uuid:1"}}}]}
            """);

        var summary = await _store.Import();

        Assert.Equal((0, 1), (summary.Read, summary.Refused));
    }

    [Fact]
    public async Task Newer_is_by_lastUpdated_else_by_order_and_older_versions_stay_readable()
    {
        _store.Write("1.ndjson", Ann);
        _store.Write("2.ndjson", """
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"2","lastUpdated":"2020-02-01T00:00:00Z"}}
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"1","lastUpdated":"2020-01-01T00:00:00+01:00"}}
            {"resourceType":"Goal","id":"h","subject":{"reference":"Patient/a"},"description":{"text":"one"}}
            {"resourceType":"Goal","id":"h","subject":{"reference":"Patient/a"},"description":{"text":"two"}}
            """);

        var summary = await _store.Import();
        var record = await _store.Read("a");

        Assert.Equal(2, summary.Updated);
        Assert.Equal("2", record.Resources.Single(static resource => resource.Key.Id == "g").Version);
        Assert.Contains("two", Encoding.UTF8.GetString(record.Resources.Single(static resource => resource.Key.Id == "h").Json.Span), StringComparison.Ordinal);
        var goal = new ResourceKey("Goal", "g");
        Assert.Equal("1", Assert.Single(await _store.Store.ReadVersionsAsync([new(goal, "1"), new(goal, "3")], Token)).Version);
    }

    [Fact]
    public async Task A_value_that_goes_back_to_what_it_was_is_the_newest_again()
    {
        _store.Write("0.ndjson", Ann);
        await _store.Import(CompleteTypes.Everything);
        var counts = new List<(long, long, long)>();
        foreach (var value in new[] { 140, 150, 140, 140 })
        {
            _store.Write("1.ndjson", Sodium("o", value));
            var summary = await _store.Import(CompleteTypes.Everything);
            counts.Add((summary.Added, summary.Updated, summary.Unchanged));
            Assert.Contains($"\"value\":{value}", Text(await _store.Read("a"), "o"), StringComparison.Ordinal);
        }

        Assert.Equal([(1, 0, 1), (0, 1, 1), (0, 1, 1), (0, 0, 2)], counts);
        Assert.True((await _store.Read("a")).Receipt.IsComplete("Observation"));
    }

    [Fact]
    public async Task A_value_goes_back_by_lastUpdated_and_never_by_a_version_number_that_comes_again()
    {
        _store.Write("1.ndjson", Ann + "\n" + string.Join('\n',
            Sodium("old", 140, "\"lastUpdated\":\"2020-01-01T00:00:00Z\""), Sodium("old", 150, "\"lastUpdated\":\"2020-02-01T00:00:00Z\""), Sodium("old", 140, "\"lastUpdated\":\"2020-01-01T00:00:00Z\""),
            Sodium("numbered", 140, "\"versionId\":\"1\""), Sodium("numbered", 150, "\"versionId\":\"2\""), Sodium("numbered", 140, "\"versionId\":\"1\"")));

        var summary = await _store.Import();
        var record = await _store.Read("a");

        Assert.Equal((2, 2), (summary.Updated, summary.Unchanged));
        Assert.Contains("150", Text(record, "old"), StringComparison.Ordinal);
        Assert.Contains("150", Text(record, "numbered"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_that_is_taken_back_takes_back_the_value_that_went_back()
    {
        _store.Write("1.ndjson", Ann + "\n" + Sodium("o", 140) + "\n" + Sodium("o", 150));
        await _store.Import();
        var token = await _store.Store.GetChangeTokenAsync("a", Token);
        _store.Write("1.ndjson", "");
        _store.Write("2.json", $$"""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{{Sodium("o", 140)}}},{"resource":{"resourceType":"Patient","id":"a","birthDate":"1911-01-01","name":[{"family":"Else"}]} """);

        await _store.Import();

        Assert.Contains("150", Text(await _store.Read("a"), "o"), StringComparison.Ordinal);
        Assert.Equal(token, await _store.Store.GetChangeTokenAsync("a", Token));
    }

    [Fact]
    public async Task The_same_version_with_other_content_is_refused_and_the_first_stays()
    {
        _store.Write("1.ndjson", Ann);
        _store.Write("2.ndjson", """
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"1"},"lifecycleStatus":"active"}
            { "resourceType":"Goal","id":"g","meta":{"versionId":"1"},"subject":{"reference":"Patient/a"},"lifecycleStatus":"active"}
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"1"},"lifecycleStatus":"cancelled"}
            """);

        var summary = await _store.Import(CompleteTypes.Everything);

        Assert.Equal((1, 1), (summary.Unchanged, summary.Refused));
        Assert.Equal(3, Assert.Single(_store.Problems).Position.Line);
        var record = await _store.Read("a");
        Assert.Contains("active", Encoding.UTF8.GetString(record.Resources.Single(static resource => resource.Key.Type == "Goal").Json.Span), StringComparison.Ordinal);
        Assert.False(record.Receipt.IsComplete("Goal"));
        Assert.True(record.Receipt.IsComplete("Observation"));
    }

    [Fact]
    public async Task A_bundle_that_breaks_off_leaves_nothing()
    {
        _store.Write("1.ndjson", Ann);
        _store.Write("2.json", """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:5","resource":{"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"}}},
             {"fullUrl":"urn:uuid:6","resource":{"resourceType":"Goal","id":"h","subject":{"refer
            """);
        _store.Write("3.ndjson", """{"resourceType":"Goal","id":"i","subject":{"reference":"Patient/a"}}""");

        var summary = await _store.Import();

        Assert.Equal((2, 1), (summary.Added, summary.Refused));
        Assert.Equal(["Goal/i", "Patient/a"], StoreFixture.Keys((await _store.Read("a")).Resources));
    }

    [Fact]
    public async Task A_bad_entry_of_a_bundle_is_reported_and_the_others_are_taken()
    {
        _store.Write("2.json", """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:4","resource":{"resourceType":"Goal","subject":{"reference":"urn:uuid:6"}}},
             {"resource":{"resourceType":"Goaal","id":"g"}},
             {"resource":{"resourceType":"Goal","subject":{"reference":"urn:uuid:6"}}},
             {"request":{"method":"DELETE","url":"Goal/9"}},
             {"fullUrl":"urn:uuid:6","resource":{"resourceType":"Patient"}}]}
            """);

        var summary = await _store.Import();

        Assert.Equal([1, 2, 3], _store.Problems.Select(static problem => problem.Position.Entry));
        Assert.Equal((2, 3), (summary.Added, summary.Refused));
        Assert.Equal(["Goal/4", "Patient/6"], StoreFixture.Keys((await _store.Read("6")).Resources));
    }

    [Fact]
    public async Task A_reference_by_identifier_resolves_to_a_patient_that_another_file_brings_later()
    {
        _store.Write("1.ndjson", """{"resourceType":"Goal","id":"g","subject":{"reference":"Patient?identifier=urn:mrn|7"}}""");
        _store.Write("2.ndjson", Ann);

        var summary = await _store.Import();

        Assert.Equal(0, summary.Refused);
        Assert.Equal(["Goal/g", "Patient/a"], StoreFixture.Keys((await _store.Read("a")).Resources));
    }

    [Fact]
    public async Task What_belongs_to_no_patient_is_reported_each_time_and_found_once_its_patient_comes()
    {
        _store.Write("1.ndjson", """{"resourceType":"Goal","id":"g","subject":{"reference":"Patient?identifier=urn:mrn|7"}}""" + "\n" + """{"resourceType":"Goal","id":"h"}""");
        Assert.Equal(2, (await _store.Import()).Refused);
        Assert.Equal(2, (await _store.Import()).Refused);

        var ann = _store.Folder.Write("ann.ndjson", Ann);
        Assert.Equal(0, (await _store.Import(null, ann)).Refused);
        Assert.Equal(["Goal/g", "Patient/a"], StoreFixture.Keys((await _store.Read("a")).Resources));
        Assert.Equal(1, (await _store.Import()).Refused);
    }

    [Fact]
    public async Task Completeness_holds_until_an_import_that_does_not_vouch_changes_the_type()
    {
        _store.Write("1.ndjson", Ann);
        await _store.Import(CompleteTypes.Everything);
        var token = await _store.Store.GetChangeTokenAsync("a", Token);
        Assert.True((await _store.Read("a")).Receipt.IsComplete("Goal"));

        var goal = _store.Folder.Write("goal.ndjson", """{"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"}}""");
        await _store.Import(null, goal);
        var receipt = (await _store.Read("a")).Receipt;

        Assert.False(receipt.IsComplete("Goal"));
        Assert.True(receipt.IsComplete("Observation"));
        Assert.NotEqual(token, await _store.Store.GetChangeTokenAsync("a", Token));

        Assert.True(CompleteTypes.TryParse(["Goal"], out var goals, out _));
        await _store.Import(goals, goal);
        Assert.True((await _store.Read("a")).Receipt.IsComplete("Goal"));
    }

    [Fact]
    public async Task A_lost_line_of_a_known_type_takes_only_that_type_s_completeness()
    {
        _store.Write("1.ndjson", Ann + "\n" + """{"resourceType":"Goal","subject":{"reference":"Patient/a"}}""");

        await _store.Import(CompleteTypes.Everything);
        var receipt = (await _store.Read("a")).Receipt;

        Assert.False(receipt.IsComplete("Goal"));
        Assert.True(receipt.IsComplete("Observation"));
    }

    [Fact]
    public async Task Supporting_resources_come_by_reference_and_those_of_patients_never_do()
    {
        _store.Write("1.ndjson", Ann + "\n" + """
            {"resourceType":"Patient","id":"b"}
            {"resourceType":"MedicationRequest","id":"m","subject":{"reference":"Patient/a"},"medicationReference":{"reference":"Medication/x"},"requester":{"reference":"PractitionerRole/r"}}
            {"resourceType":"Observation","id":"o","subject":{"reference":"Patient/a"},"focus":[{"reference":"Patient/b"}],"derivedFrom":[{"reference":"Observation/of-b"}],"device":{"reference":"Device/of-b"}}
            {"resourceType":"Observation","id":"of-b","subject":{"reference":"Patient/b"}}
            {"resourceType":"Device","id":"of-b","patient":{"reference":"Patient/b"}}
            {"resourceType":"Medication","id":"x"}
            {"resourceType":"Medication","id":"y"}
            {"resourceType":"PractitionerRole","id":"r","practitioner":{"reference":"Practitioner/p"}}
            {"resourceType":"Practitioner","id":"p"}
            """);
        await _store.Import();

        var record = await _store.Read("a");

        Assert.Equal(["MedicationRequest/m", "Observation/o", "Patient/a"], StoreFixture.Keys(record.Resources));
        Assert.Equal(["Medication/x", "Practitioner/p", "PractitionerRole/r"], StoreFixture.Keys(record.Supporting));
    }

    [Fact]
    public async Task A_search_shows_what_a_patient_was_merged_into()
    {
        _store.Write("1.ndjson", Ann + "\n" + """{"resourceType":"Patient","id":"old","link":[{"type":"replaced-by","other":{"reference":"Patient/a"}}]}""");
        await _store.Import();

        Assert.Equal([("a", null), ("old", "Patient/a")], (await _store.Store.FindPatientsAsync("", 10, Token)).Select(match => (match.Id, match.ReplacedBy)));
    }

    [Fact]
    public async Task Patients_without_their_Patient_resource_are_counted_and_not_readable()
    {
        _store.Write("1.ndjson", """{"resourceType":"Goal","id":"g","subject":{"reference":"Patient/zz"}}""");

        Assert.Equal(1, (await _store.Import()).PatientsWithoutResource);
        Assert.Null(await _store.Store.ReadAsync("zz", Token));
        Assert.Empty(await _store.Store.FindPatientsAsync("", 10, Token));
    }

    [Fact]
    public async Task Patients_are_found_by_part_of_name_identifier_or_id()
    {
        _store.Write("1.ndjson", Ann + "\n" + """{"resourceType":"Patient","id":"b","name":[{"family":"Ek%","given":["Bo"]}],"birthDate":"1970-01","gender":"male"}""");
        await _store.Import();

        async Task<string> Find(string text) => string.Join(',', (await _store.Store.FindPatientsAsync(text, 10, Token)).Select(static match => match.Id));

        Assert.Equal("a", await Find("ann"));
        Assert.Equal("a", await Find("7"));
        Assert.Equal("b", await Find("BO EK"));
        Assert.Equal("b", await Find("%"));
        Assert.Equal("a,b", await Find(""));
        Assert.Equal(new PatientMatch("b", "Bo Ek%", "1970-01", "male", []) with { Identifiers = [] }, (await _store.Store.FindPatientsAsync("b", 1, Token)).Single() with { Identifiers = [] });
    }

    [Fact]
    public async Task Store_and_files_give_the_same_records()
    {
        var paths = new[] { SharedData.Require("synthea"), SharedData.Require("mimic-demo") };
        var files = await FileRecordSource.OpenAsync(paths, CompleteTypes.Everything, new(), TimeProvider.System, Token);
        var summary = await _store.Import(CompleteTypes.Everything, paths);

        Assert.Equal(0, summary.Refused);
        var patients = await files.FindPatientsAsync("", 1000, Token);
        Assert.Equal(patients.Select(static patient => patient.Id), (await _store.Store.FindPatientsAsync("", 1000, Token)).Select(static patient => patient.Id));
        foreach (var patient in patients)
        {
            var expected = (await files.ReadAsync(patient.Id, Token))!;
            var actual = await _store.Read(patient.Id);
            Assert.Equal(Describe(expected.Resources), Describe(actual.Resources));
            Assert.Equal(Describe(expected.Supporting), Describe(actual.Supporting));
            Assert.True(actual.Receipt.AllComplete);
        }
    }

    private static IEnumerable<string> Describe(IEnumerable<RawResource> resources) =>
        resources.Select(static resource => $"{resource.Key} {resource.Version} {resource.FullUrl} {resource.LastUpdated:O} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(resource.Json.Span))}")
            .Order(StringComparer.Ordinal);

    private static string Sodium(string id, int value, string meta = "") =>
        $$"""{"resourceType":"Observation","id":"{{id}}",{{(meta.Length == 0 ? "" : $$""" "meta":{ {{meta}} },""")}}"status":"final","subject":{"reference":"Patient/a"},"code":{"text":"Sodium"},"valueQuantity":{"value":{{value}}} }""";

    private static string Text(RawRecord record, string id) => Encoding.UTF8.GetString(record.Resources.Single(resource => resource.Key.Id == id).Json.Span);
}
