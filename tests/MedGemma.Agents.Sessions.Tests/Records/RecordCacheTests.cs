using CsCheck;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Tests.Doubles;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Sessions.Tests.Records;

public sealed class RecordCacheTests
{
    private const int Padding = 100_000;
    private readonly FakeRecordSource _source = new() { PaddingBytes = Padding };
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_read_once_however_many_ask_for_it_at_once()
    {
        _source.Put("p1");
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        using var cache = MakeCache();

        var asked = Enumerable.Range(0, 50).Select(_ => GetAsync(cache, "p1")).ToArray();
        gate.SetResult();
        var records = await Task.WhenAll(asked);

        Assert.Equal(1, _source.Reads);
        Assert.Single(records.Distinct());
    }

    [Fact]
    public async Task One_who_stops_waiting_does_not_stop_the_load_of_the_others()
    {
        _source.Put("p1");
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        using var cache = MakeCache();
        using var impatient = new CancellationTokenSource();
        var patient = GetAsync(cache, "p1");
        var stopped = cache.GetAsync(new NamedRecordSource("fake", _source), "p1", RecordCache.FullGrant, impatient.Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        gate.SetResult();

        Assert.NotNull(await patient);
    }

    [Fact]
    public async Task A_change_is_noticed_after_the_staleness_and_not_asked_for_before()
    {
        _source.Put("p1");
        using var cache = MakeCache();
        var before = await GetAsync(cache, "p1");
        _source.Put("p1", version: 2);

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        var within = await GetAsync(cache, "p1");
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        var after = await GetAsync(cache, "p1");

        Assert.Same(before, within);
        Assert.Equal("v1", before!.Record.Patient.Version);
        Assert.Equal("v2", after!.Record.Patient.Version);
        Assert.NotEqual(before.Digest, after.Digest);
    }

    [Fact]
    public async Task An_unchanged_record_is_not_read_again()
    {
        _source.Put("p1");
        using var cache = MakeCache();
        var before = await GetAsync(cache, "p1");

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Same(before, await GetAsync(cache, "p1"));
        Assert.Equal(1, _source.Reads);
    }

    [Fact]
    public async Task A_patient_who_is_gone_from_the_source_is_gone_from_the_cache()
    {
        _source.Put("p1");
        using var cache = MakeCache();
        await GetAsync(cache, "p1");
        _source.Forget("p1");

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Null(await GetAsync(cache, "p1"));
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task The_least_recently_used_record_leaves_first()
    {
        foreach (var id in new[] { "p1", "p2", "p3", "p4" })
            _source.Put(id);
        using var cache = MakeCache();
        await GetAsync(cache, "p1");
        await GetAsync(cache, "p2");
        await GetAsync(cache, "p3");
        await GetAsync(cache, "p1");

        await GetAsync(cache, "p4");
        var reads = _source.Reads;
        await GetAsync(cache, "p1");
        await GetAsync(cache, "p3");

        Assert.Equal(reads, _source.Reads);
        await GetAsync(cache, "p2");
        Assert.Equal(reads + 1, _source.Reads);
    }

    [Fact]
    public async Task Grants_and_sources_never_share_a_record()
    {
        _source.Put("p1");
        using var cache = MakeCache();

        var full = await GetAsync(cache, "p1");
        var narrow = await cache.GetAsync(new NamedRecordSource("fake", _source), "p1", "patient/Observation.rs", Stop);
        var other = await cache.GetAsync(new NamedRecordSource("other", _source), "p1", RecordCache.FullGrant, Stop);

        Assert.NotSame(full, narrow);
        Assert.NotSame(full, other);
        Assert.Equal(3, _source.Reads);
    }

    [Fact]
    public async Task A_record_larger_than_the_budget_is_given_and_not_kept()
    {
        _source.PaddingBytes = 2 * 1024 * 1024;
        _source.Put("p1");
        using var cache = MakeCache();

        Assert.NotNull(await GetAsync(cache, "p1"));
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task A_record_larger_than_the_budget_drives_out_no_other()
    {
        _source.Put("p1");
        using var cache = MakeCache();
        var small = await GetAsync(cache, "p1");
        _source.PaddingBytes = 2 * 1024 * 1024;
        _source.Put("p2");

        Assert.NotNull(await GetAsync(cache, "p2"));

        Assert.Same(small, await GetAsync(cache, "p1"));
        Assert.Equal((1, small!.Bytes), (cache.Count, cache.Bytes));
    }

    [Fact]
    public async Task A_record_that_outgrew_the_budget_is_not_kept_any_more()
    {
        _source.Put("p1");
        using var cache = MakeCache();
        await GetAsync(cache, "p1");
        _source.PaddingBytes = 2 * 1024 * 1024;
        _source.Put("p1", version: 2);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("v2", (await GetAsync(cache, "p1"))!.Record.Patient.Version);
        Assert.Equal((0, 0), (cache.Count, cache.Bytes));
    }

    [Fact]
    public async Task Only_so_many_records_are_read_at_once_and_the_rest_wait_their_turn()
    {
        foreach (var number in Enumerable.Range(0, 20))
            _source.Put($"p{number}");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _source.Gate = gate.Task;
        using var cache = MakeCache();

        var asked = Enumerable.Range(0, 20).Select(number => GetAsync(cache, $"p{number}")).ToArray();
        await _source.ReadsReach(4);
        Assert.Equal(4, _source.Reads);
        gate.SetResult();

        Assert.All(await Task.WhenAll(asked), Assert.NotNull);
        Assert.Equal((20, 4), (_source.Reads, _source.MostReadsAtOnce));
    }

    [Fact]
    public async Task A_failed_load_is_told_to_all_who_wait_and_tried_again_next_time()
    {
        _source.Put("p1");
        _source.Gate = Task.FromException(new IOException("disk"));
        using var cache = MakeCache();
        await Assert.ThrowsAsync<IOException>(() => GetAsync(cache, "p1"));

        _source.Gate = Task.CompletedTask;

        Assert.NotNull(await GetAsync(cache, "p1"));
    }

    [Fact]
    public async Task Whatever_is_asked_in_whatever_order_the_budget_is_kept_and_the_record_is_the_patients()
    {
        for (var i = 0; i < 8; i++)
            _source.Put($"p{i}");

        await Gen.Int[0, 7].Array[1, 60].SampleAsync(
            async order =>
            {
                using var cache = MakeCache();
                var records = await Task.WhenAll(order.Select(number => GetAsync(cache, $"p{number}")));
                Assert.All(order.Zip(records), pair => Assert.Equal($"p{pair.First}", pair.Second!.Record.Patient.Key.Id));
                Assert.InRange(cache.Bytes, 0, 1 << 20);
            },
            iter: 100);
    }

    private RecordCache MakeCache() => new(
        new RecordBuilder(TimeZoneInfo.Utc),
        Options.Create(new RecordCacheOptions { MaxBytes = 1 << 20, MemoryFactor = 3 }),
        _clock,
        new FixedMeterFactory());

    private Task<CachedRecord?> GetAsync(RecordCache cache, string patientId) =>
        cache.GetAsync(new NamedRecordSource("fake", _source), patientId, RecordCache.FullGrant, Stop);
}
