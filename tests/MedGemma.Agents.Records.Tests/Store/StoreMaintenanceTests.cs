using System.Text;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Records.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Records.Tests.Store;

public sealed class StoreMaintenanceTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restored_backup_gives_the_records_of_its_moment_with_new_change_tokens()
    {
        _store.Write("1.ndjson", """{"resourceType":"Patient","id":"a"}""");
        await _store.Import();
        var token = await _store.Store.GetChangeTokenAsync("a", Token);
        using var snapshot = _store.Maintenance.TakeSnapshot()!;
        _store.Write("2.ndjson", """{"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"}}""");
        await _store.Import();
        Assert.Equal(2, (await _store.Read("a")).Resources.Count);

        var backup = Path.Combine(_store.Folder.Path, "backup.db");
        snapshot.CopyTo(backup);
        SqliteFiles.Replace(_store.Maintenance.StageRestore(backup), Path.Combine(_store.Options.Value.DataFolder, "records.db"));

        Assert.Single((await _store.Read("a")).Resources);
        Assert.NotEqual(token, await _store.Store.GetChangeTokenAsync("a", Token));
        Assert.Equal(["backup.db"], Directory.GetFiles(_store.Folder.Path, "backup*").Select(Path.GetFileName));
        Assert.DoesNotContain(Directory.GetFiles(_store.Options.Value.DataFolder), file => Path.GetExtension(file) is ".replaced" or ".restored" or ".partial");
    }

    [Fact]
    public async Task A_copy_refuses_to_replace_a_file_and_there_is_none_of_an_absent_store()
    {
        Assert.Null(_store.Maintenance.TakeSnapshot());
        _store.Write("1.ndjson", """{"resourceType":"Patient","id":"a"}""");
        await _store.Import();
        var taken = _store.Folder.Write("taken.db", "mine");
        using var snapshot = _store.Maintenance.TakeSnapshot()!;

        Assert.Throws<StoreException>(() => snapshot.CopyTo(taken));

        Assert.Equal("mine", await File.ReadAllTextAsync(taken, Token));
    }

    [Fact]
    public async Task A_damaged_or_foreign_file_is_not_staged()
    {
        _store.Write("1.ndjson", string.Join('\n', Enumerable.Range(0, 500).Select(static i => $$"""{"resourceType":"Patient","id":"p{{i}}"}""")));
        await _store.Import();
        var backup = Path.Combine(_store.Folder.Path, "backup.db");
        using (var snapshot = _store.Maintenance.TakeSnapshot()!)
            snapshot.CopyTo(backup);

        var bytes = await File.ReadAllBytesAsync(backup, Token);
        bytes.AsSpan(bytes.Length / 2, 4096).Fill(0x5A);
        var damaged = _store.Folder.Write("damaged.db", bytes);
        var text = _store.Folder.Write("text.db", new string('x', 5000));
        var foreign = Path.Combine(_store.Folder.Path, "foreign.db");
        await using (var connection = new SqliteConnection($"Data Source={foreign};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (x)";
            await command.ExecuteNonQueryAsync(Token);
        }

        foreach (var file in new[] { damaged, text, foreign, Path.Combine(_store.Folder.Path, "none.db") })
            Assert.Throws<StoreException>(() => _store.Maintenance.StageRestore(file));

        Assert.Equal(500, (await _store.Store.FindPatientsAsync("", 1000, Token)).Count);
    }

    [Fact]
    public async Task Half_a_restore_is_not_read()
    {
        _store.Folder.Write(Path.Combine(Path.GetRelativePath(_store.Folder.Path, _store.Options.Value.DataFolder), RecordStore.UnfinishedRestore), "");

        var refused = await Assert.ThrowsAsync<StoreException>(() => _store.Store.FindPatientsAsync("", 1, Token));

        Assert.Contains("restore", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_patient_leaves_no_byte_and_the_others_everything()
    {
        _store.Write("1.ndjson", """
            {"resourceType":"Patient","id":"a","name":[{"text":"ERASEME Ray"}],"identifier":[{"value":"ERASEME-7"}]}
            {"resourceType":"Patient","id":"b","link":[{"type":"seealso","other":{"reference":"Patient/a"}}]}
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"1"},"description":{"text":"ERASEME one"}}
            {"resourceType":"Goal","id":"g","subject":{"reference":"Patient/a"},"meta":{"versionId":"2"},"description":{"text":"ERASEME two"}}
            {"resourceType":"DocumentReference","id":"d","subject":{"reference":"Patient/a"},"content":[{"attachment":{"url":"Binary/n"}},{"attachment":{"url":"Binary/both"}}]}
            {"resourceType":"DocumentReference","id":"e","subject":{"reference":"Patient/b"},"content":[{"attachment":{"url":"Binary/both"}}]}
            {"resourceType":"Binary","id":"n","data":"ERASEMEn"}
            {"resourceType":"Binary","id":"both","data":"U2hhcmVk"}
            {"resourceType":"Provenance","id":"v","target":[{"reference":"Patient/a"}],"policy":["ERASEME"]}
            {"resourceType":"Practitioner","id":"p"}
            """);
        await _store.Import();
        Assert.Contains("ERASEME", await AllBytes(), StringComparison.Ordinal);

        using var writing = _store.Maintenance.TakeForWriting();
        var outcome = await _store.Maintenance.EraseAsync("a", writing, Token);

        Assert.Equal(new EraseOutcome(true, 6, 1), outcome);
        Assert.Null(await _store.Store.ReadAsync("a", Token));
        Assert.Empty(await _store.Store.FindPatientsAsync("eraseme", 10, Token));
        Assert.DoesNotContain("ERASEME", await AllBytes(), StringComparison.Ordinal);
        var other = await _store.Read("b");
        Assert.Equal(["DocumentReference/e", "Patient/b"], StoreFixture.Keys(other.Resources));
        Assert.Equal(["Binary/both"], StoreFixture.Keys(other.Supporting));
        Assert.Equal(new EraseOutcome(false, 0, 0), await _store.Maintenance.EraseAsync("a", writing, Token));
    }

    private async Task<string> AllBytes()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(_store.Options.Value.DataFolder, "records.db*"))
            text.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)));
        return text.ToString();
    }
}
