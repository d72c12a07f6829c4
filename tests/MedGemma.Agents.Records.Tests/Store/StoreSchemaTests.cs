using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Records.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Records.Tests.Store;

public sealed class StoreSchemaTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_newer_schema_is_refused_with_one_clear_message()
    {
        _store.Write("1.ndjson", """{"resourceType":"Patient","id":"a"}""");
        await _store.Import();
        await using (var connection = new SqliteConnection($"Data Source={_store.StoreFile};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var later = new RecordStore(_store.Options, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<StoreException>(() => later.ReadAsync("a", TestContext.Current.CancellationToken));

        Assert.Contains("999", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_refused()
    {
        _store.Folder.Write("data/records.db", new string('x', 5000));

        await Assert.ThrowsAsync<StoreException>(() => _store.Store.ReadAsync("a", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps_and_many_may_make_the_store_at_once()
    {
        Parallel.For(0, 8, _ => new StoreDatabase(_store.Options.Value).Open().Dispose());

        using var store = new StoreDatabase(_store.Options.Value).Open();
        Assert.Equal(StoreSchema.Newest, StoreSchema.Check(store));
        var scripts = typeof(StoreSchema).Assembly.GetManifestResourceNames().Count(static name => name.EndsWith(".sql", StringComparison.Ordinal));
        Assert.Equal(scripts, StoreSchema.Newest);
    }

    [Fact]
    public void Only_the_owner_can_read_the_store()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        new StoreDatabase(_store.Options.Value).Open().Dispose();

#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.StoreFile));
#pragma warning restore CA1416
    }
}
