using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using MedGemma.Agents.Evaluation.Synthesis;
using MedGemma.Agents.Evaluation.Synthesis.Output;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedGemma.Benchmarks.SessionsMemory;

/// <summary>
/// What a cached record and a session take of managed memory, measured after full collections, and whether the record cache keeps its byte budget while
/// 2,000 sessions over 200 patients ask. Target: the cache's own count never passes the budget, and what it estimates a record to take is at least what it takes.
/// </summary>
internal static class SessionsMemoryBenchmark
{
    private const int Patients = 200;
    private const int ResourcesOfEach = 150;
    private const int Sessions = 2_000;
    private const int Measured = 100;
    private const long Budget = 16L << 20;
    private static readonly DateTimeOffset s_asOf = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_questions = ["When was BMI last measured?", "What medications is the patient taking?", "How old is the patient?"];

    /// <summary>Runs the benchmark; takes no arguments.</summary>
    public static int Run(string[] arguments) => RunAsync().GetAwaiter().GetResult();

    private static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("medgemma-sessions-");
        try
        {
            var store = await ImportAsync(folder.FullName);
            var patients = (await store.FindPatientsAsync("", Patients, CancellationToken.None)).Select(patient => patient.Id).ToArray();
            var source = new NamedRecordSource("store", store);
            await using var server = await MeasuredServer.StartAsync(source, new Dictionary<string, string?>
            {
                ["MedGemma:RecordCache:MaxBytes"] = Budget.ToString(CultureInfo.InvariantCulture),
            });

            var real = await MeasureRecordsAsync(server.Services, source, patients);
            var kept = await MeasureSessionsAsync(server, patients, real);
            return kept && real <= 1 ? 0 : 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<RecordStore> ImportAsync(string folder)
    {
        var input = Path.Combine(folder, "in");
        new FixtureWriter(new SynthesisOptions { Patients = Patients, Seed = 2026, TargetResources = ResourcesOfEach }, FixtureFormat.Ndjson)
            .Write(input, null, _ => { }, CancellationToken.None);
        var options = Options.Create(new StoreOptions { DataFolder = Path.Combine(folder, "data") });
        var store = new RecordStore(options, TimeProvider.System);
        await new Importer(store, options, TimeProvider.System).ImportAsync([input], CompleteTypes.None, null, _ => { }, CancellationToken.None);
        return store;
    }

    /// <summary>Managed bytes of records by what the cache estimates for them.</summary>
    private static async Task<double> MeasureRecordsAsync(IServiceProvider services, NamedRecordSource source, string[] patients)
    {
        var answerer = services.GetRequiredService<IQuestionAnswerer>();
        using var cache = new RecordCache(
            services.GetRequiredService<IRecordBuilder>(),
            Options.Create(new RecordCacheOptions { MaxBytes = long.MaxValue }),
            TimeProvider.System,
            services.GetRequiredService<IMeterFactory>());

        // What the first records bring for all of them (code, shared tables, the pool of concepts) is not theirs.
        await AskAllAsync(answerer, cache, source, patients[Measured..]);
        var estimatedBefore = cache.Bytes;
        var before = ManagedBytes();
        await AskAllAsync(answerer, cache, source, patients[..Measured]);
        var taken = ManagedBytes() - before;
        var estimated = cache.Bytes - estimatedBefore;
        Console.WriteLine(
            $"cached record of {ResourcesOfEach} resources, asked {s_questions.Length} questions: {Kilobytes((double)taken / Measured)} managed, estimated {Kilobytes((double)estimated / Measured)}; measured by estimated {(double)taken / estimated:F2}");
        GC.KeepAlive(cache);
        return (double)taken / estimated;
    }

    private static async Task AskAllAsync(IQuestionAnswerer answerer, RecordCache cache, NamedRecordSource source, string[] patients)
    {
        foreach (var patient in patients)
        {
            var held = await cache.GetAsync(source, patient, RecordCache.FullGrant, CancellationToken.None);
            foreach (var question in s_questions)
                await answerer.AnswerAsync(held!.Record, new ChartQuestion(question, s_asOf, AskerRole.Clinician, []), null, CancellationToken.None);
        }
    }

    private static async Task<bool> MeasureSessionsAsync(MeasuredServer server, string[] patients, double realByEstimated)
    {
        var cache = server.Services.GetRequiredService<RecordCache>();
        await OpenSessionsAsync(server, patients, patients.Length);
        var cachedBefore = cache.Bytes;
        var before = ManagedBytes();

        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(cache, stop.Token);
        var started = Stopwatch.GetTimestamp();
        var failed = await OpenSessionsAsync(server, patients, Sessions);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await stop.CancelAsync();
        var (mostBytes, mostRecords) = await watching;

        var grown = ManagedBytes() - before - ((cache.Bytes - cachedBefore) * realByEstimated);
        Console.WriteLine($"{Sessions} sessions over {patients.Length} patients with a question each in {elapsed:F1} s, failed {failed}");
        Console.WriteLine($"a session in memory: {Kilobytes(grown / Sessions)} managed");
        Console.WriteLine(
            $"record cache: budget {Kilobytes(Budget)}, most {Kilobytes(mostBytes)} in {mostRecords} records; at the end {Kilobytes(cache.Bytes)} estimated, {Kilobytes(cache.Bytes * realByEstimated)} by measure");
        return mostBytes <= Budget && mostRecords > 0 && failed == 0;
    }

    private static async Task<int> OpenSessionsAsync(MeasuredServer server, string[] patients, int count)
    {
        var failed = 0;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            var session = await server.CreateSessionAsync(patients[i % patients.Length], "clinician");
            if (!await server.AskAsync(session, s_questions[i % s_questions.Length], s_asOf))
                Interlocked.Increment(ref failed);
        });
        return failed;
    }

    private static async Task<(long Bytes, int Records)> WatchAsync(RecordCache cache, CancellationToken cancellationToken)
    {
        var (bytes, records) = (0L, 0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                (bytes, records) = (Math.Max(bytes, cache.Bytes), Math.Max(records, cache.Count));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }

        return (bytes, records);
    }

    private static long ManagedBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Kilobytes(double bytes) => $"{bytes / 1024:N0} KiB";
}
