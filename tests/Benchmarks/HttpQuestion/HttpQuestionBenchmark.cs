using System.Diagnostics;
using System.Globalization;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions.Records;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Benchmarks.HttpQuestion;

/// <summary>
/// Warm questions over HTTP at 50 a second against the bare planner-and-query call with the same questions on the same records, interleaved: between two
/// arrivals over HTTP there is one bare call, so that what disturbs the machine disturbs both. Arrivals keep their schedule whatever is still running.
/// Target: the median over HTTP is at most three times the bare one, and no question fails.
/// </summary>
internal static class HttpQuestionBenchmark
{
    private const double Target = 3;
    private const int SessionsOfEach = 8;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1.0 / 50);

    /// <summary>Runs the benchmark.</summary>
    /// <param name="arguments">Seconds that are measured; 24 when left out.</param>
    public static int Run(string[] arguments) =>
        RunAsync(arguments.Length == 0 ? 24 : int.Parse(arguments[0], CultureInfo.InvariantCulture)).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(int seconds)
    {
        var files = await FileRecordSource.OpenAsync(
            [FixtureQuestion.PatientFolder], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, CancellationToken.None);
        var source = new NamedRecordSource("fixtures", files);
        await using var server = await MeasuredServer.StartAsync(source);
        var questions = FixtureQuestion.ReadAll();
        var answerer = server.Services.GetRequiredService<IQuestionAnswerer>();
        var cache = server.Services.GetRequiredService<RecordCache>();
        var records = new Dictionary<string, PatientRecord>();
        var sessions = new Dictionary<(string, AskerRole), Queue<string>>();
        foreach (var question in questions)
        {
            if (!records.ContainsKey(question.Patient))
                records[question.Patient] = (await cache.GetAsync(source, question.Patient, RecordCache.FullGrant, CancellationToken.None))!.Record;

            if (sessions.TryAdd((question.Patient, question.Asker), new Queue<string>()))
                for (var i = 0; i < SessionsOfEach; i++)
                    sessions[(question.Patient, question.Asker)].Enqueue(await server.CreateSessionAsync(question.Patient, question.Asker.ToString()));
        }

        var random = new Random(2026);
        var errors = 0;
        async Task<double> AskHttpAsync(FixtureQuestion question)
        {
            var free = sessions[(question.Patient, question.Asker)];
            string session;
            lock (free)
                session = free.Dequeue();

            var started = Stopwatch.GetTimestamp();
            if (!await server.AskAsync(session, question.Text, question.AsOf))
                Interlocked.Increment(ref errors);

            var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            lock (free)
                free.Enqueue(session);

            return taken;
        }

        async Task<double> AskBareAsync(FixtureQuestion question)
        {
            var started = Stopwatch.GetTimestamp();
            await answerer.AnswerAsync(records[question.Patient], new ChartQuestion(question.Text, question.AsOf, question.Asker, []), null, CancellationToken.None);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        foreach (var question in questions.Concat(questions))
        {
            await AskHttpAsync(question);
            await AskBareAsync(question);
        }

        var running = new List<(Task<double> Http, Task<double> Bare)>();
        var start = Stopwatch.GetTimestamp();
        var latest = TimeSpan.Zero;
        for (var i = 0; i < seconds * 50; i++)
        {
            var question = questions[random.Next(questions.Count)];
            var due = s_interval * i;
            await UntilAsync(start, due);
            var late = Stopwatch.GetElapsedTime(start) - due;
            latest = late > latest ? late : latest;
            var http = Task.Run(() => AskHttpAsync(question));
            await UntilAsync(start, due + (s_interval / 2));
            running.Add((http, Task.Run(() => AskBareAsync(question))));
        }

        var pairs = new List<(double, double)>();
        foreach (var (http, bare) in running)
            pairs.Add((await http, await bare));

        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var median = PairedLatencies.Of(pairs, 0.5, seed: 1);
        var tail = PairedLatencies.Of(pairs, 0.95, seed: 1);
        Console.WriteLine($"{pairs.Count} questions in {elapsed:F1} s ({pairs.Count / elapsed:F1} a second), {records.Count} patients, errors {errors}, latest dispatch {latest.TotalMilliseconds:F1} ms behind");
        Print("median", median);
        Print("p95", tail);
        Console.WriteLine($"target: median at most {Target:F0} times, no errors");
        return median.High <= Target && errors == 0 ? 0 : 1;
    }

    private static void Print(string name, PairedLatencies latencies) => Console.WriteLine(
        $"{name,-7} HTTP {latencies.Candidate:F2} ms, bare {latencies.Baseline:F2} ms, ratio {latencies.Ratio:F2} (95 % interval {latencies.Low:F2} to {latencies.High:F2})");

    private static async Task UntilAsync(long start, TimeSpan due)
    {
        var wait = due - Stopwatch.GetElapsedTime(start);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, TimeProvider.System);
    }
}
