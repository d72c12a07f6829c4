using System.Reflection;
using System.Text.RegularExpressions;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Composition.Settings;
using MedGemma.Agents.Host.Tests.Architecture;
using MedGemma.Agents.Host.Tests.Serving;
using MedGemma.Agents.Inference;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions;
using Microsoft.Extensions.Configuration;

namespace MedGemma.Agents.Host.Tests.Composition;

public sealed partial class MisspeltSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-misspelt-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Serving:Ulr", "MedGemma:Serving:Ulr is no setting: did you mean MedGemma:Serving:Url?")]
    [InlineData("Serving:requestspersecnd", "MedGemma:Serving:requestspersecnd is no setting: did you mean MedGemma:Serving:RequestsPerSecond?")]
    [InlineData("Sesions:TurnTimeout", "MedGemma:Sesions is no setting: did you mean MedGemma:Sessions?")]
    [InlineData("Sessions:Timeout", "MedGemma:Sessions:Timeout is no setting: did you mean MedGemma:Sessions:TurnTimeout?")]
    [InlineData("DataFolder", "MedGemma:DataFolder is no setting: did you mean MedGemma:Store:DataFolder?")]
    [InlineData("RecordCache:Color", "MedGemma:RecordCache:Color is no setting: MedGemma:RecordCache has ConcurrentLoads, MaxBytes, MemoryFactor, Staleness")]
    [InlineData("Zone:Name", "MedGemma:Zone:Name is no setting: MedGemma:Zone is one value")]
    [InlineData("Serving:ApiKeys:0:Pattients:0", "MedGemma:Serving:ApiKeys:0:Pattients is no setting: did you mean MedGemma:Serving:ApiKeys:0:Patients?")]
    [InlineData("Models:planner:Pool:QueueLenght", "MedGemma:Models:planner:Pool:QueueLenght is no setting: did you mean MedGemma:Models:planner:Pool:QueueLength?")]
    [InlineData("ModelApi:BatchOnly", "MedGemma:ModelApi:BatchOnly is no setting: did you mean MedGemma:ModelApi:ApiKeys:*:BatchOnly?")]
    public void The_nearest_setting_is_named(string key, string expected) => Assert.Equal(expected, Refused(new() { ["MedGemma:" + key] = "1" }));

    [Theory]
    [InlineData("MedGema:Zone", "MedGema is no setting: did you mean MedGemma?")]
    [InlineData("Zone", "Zone is no setting: did you mean MedGemma:Zone?")]
    [InlineData("Elsewhere:Zone", "Elsewhere is no setting: all settings are below Logging and MedGemma")]
    public void A_setting_beside_the_section_is_refused_too(string key, string expected) => Assert.Equal(expected, Refused(new() { [key] = "1" }));

    [Theory]
    [InlineData("MEDGEMMA_Zone", "the environment: MEDGEMMA_Zone is no setting: did you mean MEDGEMMA_MedGemma__Zone?")]
    [InlineData("MEDGEMMA_MedGema__Zone", "the environment: MEDGEMMA_MedGema is no setting: did you mean MEDGEMMA_MedGemma?")]
    [InlineData("MEDGEMMA_TURNTIMEOUT", "the environment: MEDGEMMA_TURNTIMEOUT is no setting: did you mean MEDGEMMA_MedGemma__Sessions__TurnTimeout?")]
    [InlineData("MEDGEMMA_BACKUP_FOLDER", null)]
    public async Task A_variable_that_is_spelt_like_a_setting_is_refused_and_other_programs_own_are_not(string variable, string? expected)
    {
        var (code, error) = await ServeProcess.RunAsync(["agents", "list"], new() { [variable] = "Europe/Vienna" });

        Assert.Equal(expected is null ? (0, "") : (1, $"medgemma: {expected}\n"), (code, error));
    }

    [Fact]
    public void What_names_the_site_gives_are_taken()
    {
        Read(new()
        {
            ["MedGemma:Models:any:Adapters:other"] = "/lora.gguf",
            ["MedGemma:Models:any:Replicas:0"] = "cpu",
            ["MedGemma:Serving:ApiKeys:7:Patients:3"] = "p",
            ["MedGemma:Serving:ApiKeys:7:Expires"] = "2030-01-01T00:00:00Z",
        });
    }

    [Fact]
    public void The_file_that_holds_it_is_named()
    {
        var file = Path.Combine(_folder.FullName, "appsettings.json");
        File.WriteAllText(file, """{ "MedGemma": { "Store": { "BatchSise": 5 } }, "Logging": { "LogLevel": { "Default": "Warning" } } }""");

        Assert.Equal($"{file}: MedGemma:Store:BatchSise is no setting: did you mean MedGemma:Store:BatchSize?", Refused([]));
    }

    [Fact]
    public void All_are_named_in_one_line() =>
        Assert.Equal(2, Refused(new() { ["MedGemma:Serving:Ulr"] = "1", ["MedGemma:Store:BatchSise"] = "1" }).Split("; ").Length);

    [Fact]
    public void Every_section_that_a_part_reads_is_known()
    {
        var sections = new[] { typeof(MedGemmaOptions), typeof(InferenceServices), typeof(PatientSessionOptions), typeof(StoreOptions) }
            .SelectMany(type => type.Assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.Name.Contains("Section", StringComparison.Ordinal) && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(section => section.StartsWith("MedGemma:", StringComparison.Ordinal))
            .ToList();

        Assert.True(sections.Count > 7, string.Join(", ", sections));
        Assert.All(sections, section => Assert.Contains(KnownSettings.Keys, key => key.StartsWith(section + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_setting_is_described_in_the_file_that_is_shipped()
    {
        var described = Word().Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(SourceTree.Root)!, "appsettings.json"))).Select(word => word.Value).ToHashSet(StringComparer.Ordinal);

        Assert.All(KnownSettings.Keys, key => Assert.Contains(key.Split(':').Last(name => name != "*"), described));
    }

    private string Refused(Dictionary<string, string?> settings) => Assert.Throws<CommandRefusedException>(() => Read(settings)).Message;

    private IConfigurationRoot Read(Dictionary<string, string?> settings) => CommandServices.ReadConfiguration(settings, _folder.FullName);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
