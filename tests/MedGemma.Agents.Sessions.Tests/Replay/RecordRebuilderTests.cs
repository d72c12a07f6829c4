using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Replay;
using MedGemma.Agents.Sessions.Storage;
using MedGemma.Agents.Sessions.Tests.Doubles;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Sessions.Tests.Replay;

/// <summary>Records of stored turns out of the real store, after imports that changed it.</summary>
public sealed class RecordRebuilderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-rebuild-").FullName;
    private readonly RecordStore _store;
    private readonly RecordBuilder _builder = new(TimeZoneInfo.Utc);

    public RecordRebuilderTests() => _store = new RecordStore(StoreOptions, TimeProvider.System);

    private IOptions<StoreOptions> StoreOptions => Options.Create(new StoreOptions { DataFolder = Path.Combine(_folder, "data") });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_record_is_rebuilt_as_it_was_with_what_supports_it_and_its_receipt()
    {
        await ImportAsync(Order("lisinopril"), Medication("Lisinopril 10 mg"), Sodium(140));
        var (before, turn) = await TakeTurnAsync();
        await ImportAsync(Order("lisinopril"), Medication("Lisinopril 20 mg"), Sodium(150), """{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/a"},"code":{"text":"Gout"}}""");

        var (record, problem) = await new RecordRebuilder(_store, _builder).RebuildAsync("a", turn, [], Stop);

        Assert.Null(problem);
        Assert.Equal(Versions(before.Resources), Versions(record!.Resources));
        Assert.Equal(Versions(before.Supporting), Versions(record.Supporting));
        Assert.True(record.TryFollow("Medication/m", out var medication) && medication.Json.GetRawText().Contains("10 mg", StringComparison.Ordinal));
        Assert.True(record.Receipt.IsComplete("Observation"));
        Assert.Equal(before.Receipt.ReadAt, record.Receipt.ReadAt);
    }

    [Fact]
    public async Task The_versions_may_stand_in_another_turn_of_the_session_only()
    {
        await ImportAsync(Sodium(140));
        var (_, listing) = await TakeTurnAsync();
        var (_, later) = await TakeTurnAsync(isListed: true);
        await ImportAsync(Sodium(150));
        var rebuilder = new RecordRebuilder(_store, _builder);

        Assert.NotNull((await rebuilder.RebuildAsync("a", later, [Stored(listing), Stored(later)], Stop)).Record);
        Assert.Equal(new ReplayOutcome.VersionsLost(2, 2), (await rebuilder.RebuildAsync("a", later, [Stored(later)], Stop)).Problem);
    }

    [Fact]
    public async Task An_erased_patient_is_not_rebuilt()
    {
        await ImportAsync(Sodium(140));
        var (_, turn) = await TakeTurnAsync();

        var maintenance = new StoreMaintenance(_store, TimeProvider.System);
        using (var writing = maintenance.TakeForWriting())
            await maintenance.EraseAsync("a", writing, Stop);

        Assert.Equal(new ReplayOutcome.VersionsLost(2, 2), (await new RecordRebuilder(_store, _builder).RebuildAsync("a", turn, [], Stop)).Problem);
    }

    private async Task ImportAsync(params string[] resources)
    {
        var file = Path.Combine(_folder, "in.ndjson");
        await File.WriteAllLinesAsync(file, ["""{"resourceType":"Patient","id":"a","birthDate":"1950-01-01"}""", .. resources], Stop);
        var summary = await new Importer(_store, StoreOptions, TimeProvider.System).ImportAsync([file], CompleteTypes.Everything, null, null, Stop);
        Assert.Equal(0, summary.Refused);
    }

    private async Task<(PatientRecord Record, TurnResultRow Turn)> TakeTurnAsync(bool isListed = false)
    {
        var cached = await new RecordLoader(_builder, 1).LoadAsync(new NamedRecordSource("store", _store), "a", Stop);
        var answer = await new ScriptedAnswerer().AnswerAsync(cached!.Record, new ChartQuestion("who?", DateTimeOffset.UnixEpoch, AskerRole.Clinician, []), null, Stop);
        return (cached.Record, new TurnResultRow("answered", AnswerJson.ToText(answer), "[]", "scripted", KeptRecord.Of("store", cached, isListed).ToJson(), DateTimeOffset.UnixEpoch));
    }

    private static StoredTurn Stored(TurnResultRow result) => new(new TurnRow("s", 1, null, "who?", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), result);

    private static IEnumerable<string> Versions(IEnumerable<RecordResource> resources) =>
        resources.Select(resource => $"{resource.Key} {resource.Version} {JsonSerializer.Serialize(resource.Json)}").Order(StringComparer.Ordinal);

    private static string Order(string id) =>
        $$"""{"resourceType":"MedicationRequest","id":"{{id}}","status":"active","intent":"order","subject":{"reference":"Patient/a"},"medicationReference":{"reference":"Medication/m"} }""";

    private static string Medication(string name) => $$"""{"resourceType":"Medication","id":"m","code":{"text":"{{name}}"} }""";

    private static string Sodium(int value) =>
        $$"""{"resourceType":"Observation","id":"na","status":"final","subject":{"reference":"Patient/a"},"code":{"text":"Sodium"},"valueQuantity":{"value":{{value}} } }""";
}
