using System.Text;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Reading;

public sealed class ReadingTests : IDisposable
{
    private const string Patient = """{"resourceType":"Patient","id":"a"}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.json", Patient, 1)]
    [InlineData("a.ndjson", Patient + "\n" + Patient, 2)]
    [InlineData("a.json", Patient + "\n" + Patient + "\n", 2)]
    [InlineData("a.ndjson", "\uFEFF" + Patient + "\r\n\r\n  " + Patient, 2)]
    [InlineData("a.json", "{\n \"id\": \"a\",\n \"resourceType\": \"Patient\"\n}\n", 1)]
    [InlineData("a.json", "{\n \"id\": \"a\",\n \"resourceType\": \"Patient\"\n}\n{\n \"id\": \"b\",\n \"resourceType\": \"Patient\"\n}\n", 2)]
    [InlineData("a.json", """{"resourceType":"Bundle","type":"batch","link":[{"url":"x"}],"entry":[{"resource":{"resourceType":"Patient","id":"a"}}],"total":1}""", 1)]
    [InlineData("a.json", """{"entry":[{"resource":{"resourceType":"Patient","id":"a"}}],"type":"searchset","resourceType":"Bundle"}""", 1)]
    [InlineData("a.ndjson", """{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"a"}}]}""" + "\n" + Patient, 2)]
    [InlineData("a.json", """{"resourceType":"Bundle","type":"collection"}""", 0)]
    [InlineData("a.json", """{"resourceType":"Bundle","type":"document","entry":[]}""", 0)]
    public void Every_form_is_told_by_its_content(string name, string content, int resources)
    {
        var plain = Read(_folder.Write(name, content));
        var zipped = Read(_folder.Write("zip/" + name, TemporaryFolder.Gzip(content)));

        Assert.Empty(plain.OfType<ReadProblem>());
        Assert.Equal(resources, plain.OfType<ReadResource>().Count());
        Assert.Equal(plain.Select(static item => item.GetType()), zipped.Select(static item => item.GetType()));
    }

    [Theory]
    [InlineData("a.json", "", "empty")]
    [InlineData("a.ndjson", "", "empty")]
    [InlineData("a.json", "  \n ", "empty")]
    [InlineData("a.json", "<Patient/>", "XML")]
    [InlineData("a.json", "hello", "not FHIR JSON")]
    [InlineData("a.json", "[1,2]", "not FHIR JSON")]
    [InlineData("a.json", "{\"resourceType\":\"Patient\",\n\"id\":", "cut off")]
    [InlineData("a.json", "{\"a\":1}", "no resourceType")]
    [InlineData("a.json", "{\"resourceType\":7}", "no resourceType")]
    [InlineData("a.json", "{\"resourceType\":\"Patiënt\",\"id\":\"1\"}", "does not know")]
    [InlineData("a.json", "{\"resourceType\":\"Patient\"}", "no id")]
    [InlineData("a.json", "{\"resourceType\":\"Patient\",\"id\":\"a/b\"}", "cannot hold")]
    [InlineData("a.json", "{\"resourceType\":\"Patient\",\"id\":\"\"}", "is empty, too long")]
    [InlineData("a.json", "{\"resourceType\":\"Goal\",\"id\":\"1\",\"subject\":{\"reference\":\"Patient/a\"},\"subject\":{\"reference\":\"Patient/b\"}}", "twice")]
    [InlineData("a.ndjson", "[]", "not an object")]
    [InlineData("a.ndjson", "7", "not an object")]
    [InlineData("a.ndjson", "{\"resourceType\":\"Patient\"", "not valid JSON")]
    [InlineData("a.json", "{\"resourceType\":\"Bundle\",\"entry\":7}", "not a list")]
    [InlineData("a.json", "{\"resourceType\":\"Bundle\",\"entry\":[7]}", "not a bundle entry")]
    [InlineData("a.json", "{\"resourceType\":\"Bundle\",\"entry\":[{}]}", "no resource")]
    [InlineData("a.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":7}]}", "not an object")]
    [InlineData("a.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Bundle\"}}]}", "inside a bundle")]
    [InlineData("a.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}}]}", "OperationOutcome")]
    [InlineData("a.json", "{\"resourceType\":\"Bundle\",\"entry\":[", "cut off")]
    public void What_is_wrong_is_said_in_one_line_without_content(string name, string content, string reason)
    {
        var problem = Assert.Single(Read(_folder.Write(name, content)).OfType<ReadProblem>());

        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.ToString());
    }

    [Fact]
    public void A_problem_never_quotes_the_input()
    {
        foreach (var content in new[] { "{\"resourceType\":\"Patient\",\"id\":\"SECRET/x\"}", "{\"resourceType\":\"SECRET\"}", "{\"resourceType\":\"Patient\",SECRET}", "SECRET", "{\"SECRET\":1,\"SECRET\":2}" })
        {
            var problem = Assert.Single(Read(_folder.Write("a.ndjson", content)).OfType<ReadProblem>());
            Assert.DoesNotContain("SECRET", problem.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_warning_OperationOutcome_and_an_empty_response_are_no_problem()
    {
        var items = Read(_folder.Write("a.json", """
            {"resourceType":"Bundle","type":"searchset","entry":[
             {"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning"}]}},{"response":{"status":"201"}}]}
            """));

        Assert.Equal([typeof(BundleBegin), typeof(BundleEnd)], items.Select(static item => item.GetType()));
    }

    [Fact]
    public void Wrong_paths_and_folders_without_resources_are_reported()
    {
        _folder.Write("empty/readme.txt", "nothing");

        var items = Read(Path.Combine(_folder.Path, "none.json"), Path.Combine(_folder.Path, "empty"));

        Assert.Equal(["does not exist", "is a folder without FHIR JSON files (*.json, *.ndjson, also with .gz)"], items.Cast<ReadProblem>().Select(static problem => problem.Reason));
    }

    [Fact]
    public void A_folder_is_read_recursively_in_order_of_names_and_takes_only_FHIR_JSON()
    {
        _folder.Write("b/x.ndjson", """{"resourceType":"Patient","id":"3"}""");
        _folder.Write("a.json", """{"resourceType":"Patient","id":"1"}""");
        _folder.Write("b.ndjson.gz", TemporaryFolder.Gzip("""{"resourceType":"Patient","id":"2"}"""));
        _folder.Write("questions.jsonl", "{}");
        _folder.Write(".hidden.json", "{}");
        _folder.Write("manifest.json", """{"complete":"all"}""");

        Assert.Equal(["1", "2", "3"], Read(_folder.Path).Cast<ReadResource>().Select(static read => read.Resource.Key.Id));
    }

    [Fact]
    public void A_gzip_that_is_cut_anywhere_is_reported_and_whole_lines_before_are_read()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 300).Select(static i => $$"""{"resourceType":"Patient","id":"p{{i}}","text":{"div":"{{Guid.NewGuid()}}"} }"""));
        var whole = TemporaryFolder.Gzip(lines);
        foreach (var length in new[] { 2, 5, 12, whole.Length / 3, whole.Length / 2, whole.Length - 9, whole.Length - 1 })
        {
            var items = Read(_folder.Write("cut.ndjson.gz", whole[..length]));
            Assert.Contains("cut off", Assert.Single(items.OfType<ReadProblem>()).Reason, StringComparison.Ordinal);
            Assert.InRange(items.OfType<ReadResource>().Count(), 0, 300);
        }
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_reported_and_the_next_line_is_read()
    {
        var deep = "{\"resourceType\":\"Basic\",\"id\":\"d\",\"extension\":" + new string('[', 200_000) + new string(']', 200_000) + "}";
        foreach (var name in new[] { "a.ndjson", "a.json" })
        {
            var items = Read(_folder.Write(name, deep + "\n" + Patient));
            Assert.Contains("nested deeper", Assert.Single(items.OfType<ReadProblem>()).Reason, StringComparison.Ordinal);
            Assert.Single(items.OfType<ReadResource>());
        }

        var bundle = Read(_folder.Write("b.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + deep + "},{\"resource\":" + Patient + "}]}"));
        Assert.Contains("nested deeper", Assert.Single(bundle.OfType<ReadProblem>()).Reason, StringComparison.Ordinal);
        Assert.Single(bundle.OfType<ReadResource>());
    }

    [Fact]
    public void What_is_longer_than_the_limit_is_passed_over()
    {
        var options = new ResourceReaderOptions { MaxResourceBytes = 8 * 1024 };
        var big = "{\"resourceType\":\"Binary\",\"id\":\"big\",\"extension\":[" + string.Join(',', Enumerable.Repeat("{\"url\":\"x\"}", 100_000)) + "]}";

        var lines = Read(options, _folder.Write("a.ndjson", Patient + "\n" + big + "\n" + Patient));
        Assert.Equal(2, Assert.Single(lines.OfType<ReadProblem>()).Position.Line);
        Assert.Equal(2, lines.OfType<ReadResource>().Count());

        var entries = Read(options, _folder.Write("b.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + Patient + "},{\"resource\":" + big + "},{\"resource\":" + Patient + "}]}"));
        Assert.Equal(1, Assert.Single(entries.OfType<ReadProblem>()).Position.Entry);
        Assert.Equal(2, entries.OfType<ReadResource>().Count());
        Assert.True(Assert.IsType<BundleEnd>(entries[^1]).IsWhole);

        Assert.Contains("larger than the limit", Assert.Single(Read(options, _folder.Write("c.json", big)).OfType<ReadProblem>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_gigabyte_is_passed_over_in_bounded_memory()
    {
        var path = Path.Combine(_folder.Path, "huge.ndjson");
        using (var file = File.Create(path))
        {
            file.Write("{\"resourceType\":\"Binary\",\"id\":\"x\",\"data\":\""u8);

            // A hole in the file: a gigabyte to read that takes no disk.
            file.SetLength(1L << 30);
            file.Position = 1L << 30;
            file.Write(Encoding.UTF8.GetBytes("\n" + Patient + "\n"));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var items = Read(new ResourceReaderOptions { MaxResourceBytes = 4 * 1024 * 1024 }, path);

        Assert.Equal("is longer than the limit and was passed over", Assert.IsType<ReadProblem>(items[0]).Reason);
        Assert.IsType<ReadResource>(items[1]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public void The_version_is_versionId_else_the_hash_of_what_the_content_means()
    {
        var items = Read(_folder.Write("a.ndjson", """
            {"resourceType":"Patient","id":"a","meta":{"versionId":"7","lastUpdated":"2020-01-01T00:00:00+02:00"}}
            {"resourceType":"Patient","id":"a","active":true}
            {"active": true, "id":"a","resourceType" : "Patient"}
            {"resourceType":"Patient","id":"a","active":false,"meta":{"versionId":"","lastUpdated":"yesterday"}}
            """)).Cast<ReadResource>().Select(static read => read.Resource).ToList();

        Assert.Equal("7", items[0].Version);
        Assert.Equal(new DateTimeOffset(2019, 12, 31, 22, 0, 0, TimeSpan.Zero), items[0].LastUpdated);
        Assert.Matches("^[0-9a-f]{64}$", items[1].Version);
        Assert.Equal(items[1].Version, items[2].Version);
        Assert.NotEqual(items[1].Version, items[3].Version);
        Assert.Null(items[3].LastUpdated);
    }

    [Fact]
    public void Text_that_is_not_Unicode_is_refused_before_anyone_trips_over_it()
    {
        var latin = Encoding.Latin1.GetBytes("{\"resourceType\":\"Patient\",\"id\":\"a\",\"meta\":{\"versionId\":\"1\"},\"gender\":\"é\"}\n");
        var surrogate = Encoding.UTF8.GetBytes("{\"resourceType\":\"Patient\",\"id\":\"a\",\"meta\":{\"versionId\":\"1\"},\"gender\":\"\\ud83d\"}\n");
        var whole = Encoding.UTF8.GetBytes("{\"resourceType\":\"Patient\",\"id\":\"a\",\"gender\":\"\\ud83d\\ude00\"}\n");

        var items = Read(_folder.Write("a.ndjson", [.. latin, .. surrogate, .. whole]));

        Assert.Equal([1L, 2L], items.OfType<ReadProblem>().Select(static problem => problem.Position.Line!.Value));
        Assert.All(items.OfType<ReadProblem>(), static problem => Assert.Equal(("Patient", "holds text that is not valid Unicode"), (problem.Type, problem.Reason)));
        Assert.Single(items.OfType<ReadResource>());
    }

    [Fact]
    public void The_known_types_are_those_of_FHIR_R4()
    {
        var abstractTypes = new[] { "Resource", "DomainResource" };

        Assert.Equal(Hl7.Fhir.Model.ModelInfo.SupportedResources.Except(abstractTypes).Order(StringComparer.Ordinal), ResourceTypes.All.Order(StringComparer.Ordinal));
    }

    private static List<ReadItem> Read(params string[] paths) => Read(new ResourceReaderOptions(), paths);

    private static List<ReadItem> Read(ResourceReaderOptions options, params string[] paths) =>
        [.. new ResourceReader(options).Read(ResourceFiles.Find(paths), TestContext.Current.CancellationToken)];
}
