using System.Diagnostics;
using System.Globalization;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedGemma.Benchmarks.HttpQuestion;

/// <summary>
/// Warm questions over HTTP against the bare planner-and-query call (the service that answers, without transport, session, events, JSON, audit or store), each
/// at 50 a second. Target: the median over HTTP is at most three times the bare one, and no question fails.
/// </summary>
/// <remarks>
/// Both sides are measured alike: the same question on the same record with the same earlier questions of the conversation; in one process, so that code is
/// compiled and collected alike; each from a thread of the pool that a timer woke, 10 ms after the other side, so that neither runs hot behind a call of its
/// own kind; and which of the two comes first alternates, because the first one brings the question's data into the processor's caches for the second.
/// Arrivals keep their schedule whatever is still running. The questions are asked several times before, and the first paced pairs are not counted.
/// What is measured over HTTP is what a client sees, its own work included: from making the request to the last byte of the stream.
/// The program itself collects garbage as servers do; <c>DOTNET_gcServer=1 DOTNET_gcConcurrent=1</c> measures both sides so.
/// </remarks>
internal static class HttpQuestionBenchmark
{
    private const double Target = 3;
    private const int SessionsOfEach = 8;
    private const int WarmRounds = 4;
    private const int UncountedPairs = 100;
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
        var records = await ReadRecordsAsync(server, source, questions);
        var conversations = await OpenConversationsAsync(server, questions);
        var errors = 0;

        async Task<double> AskHttpAsync(FixtureQuestion question, Conversation conversation)
        {
            var started = Stopwatch.GetTimestamp();
            var answered = await server.AskAsync(conversation.SessionId, question.Text, question.AsOf);
            var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (!answered)
                Interlocked.Increment(ref errors);

            return taken;
        }

        async Task<(double Taken, Answer Answer)> AskBareAsync(FixtureQuestion question, IReadOnlyList<EarlierQuestion> earlier)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await answerer.AnswerAsync(
                records[question.Patient], new ChartQuestion(question.Text, question.AsOf, question.Asker, earlier), null, CancellationToken.None);
            return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, answer);
        }

        async Task<(double Http, double Bare)> AskBothAsync(FixtureQuestion question, bool isHttpFirst, Func<Task> between)
        {
            var free = conversations[(question.Patient, question.Asker)];
            Conversation conversation;
            lock (free)
                conversation = free.Dequeue();

            // As the grain does, which copies what it remembers for each turn.
            EarlierQuestion[] earlier = [.. conversation.Earlier];
            Task<double>? http = null;
            if (isHttpFirst)
            {
                http = Task.Run(() => AskHttpAsync(question, conversation));
                await between();
            }

            var bare = Task.Run(() => AskBareAsync(question, earlier));
            if (http is null)
            {
                await between();
                http = Task.Run(() => AskHttpAsync(question, conversation));
            }

            var taken = await http;
            var (bareTaken, answer) = await bare;
            conversation.Remember(question.Text, answer);
            lock (free)
                free.Enqueue(conversation);

            return (taken, bareTaken);
        }

        for (var round = 0; round < WarmRounds; round++)
            foreach (var question in questions)
                await AskBothAsync(question, round % 2 == 0, () => Task.CompletedTask);

        var random = new Random(2026);
        var running = new List<Task<(double Http, double Bare)>>();
        var collections = 0;
        var start = Stopwatch.GetTimestamp();
        var latest = TimeSpan.Zero;
        for (var i = 0; i < (seconds * 50) + UncountedPairs; i++)
        {
            if (i == UncountedPairs)
                collections = GC.CollectionCount(0);

            var due = s_interval * i;
            await UntilAsync(start, due);
            var late = Stopwatch.GetElapsedTime(start) - due;
            latest = late > latest ? late : latest;
            running.Add(AskBothAsync(questions[random.Next(questions.Count)], i % 2 == 0, () => UntilAsync(start, due + (s_interval / 2))));
        }

        var pairs = (await Task.WhenAll(running))[UncountedPairs..];
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds - (UncountedPairs * s_interval.TotalSeconds);
        var median = PairedLatencies.Of(pairs, 0.5, seed: 1);
        Console.WriteLine(
            $"{pairs.Length} questions in {elapsed:F1} s ({pairs.Length / elapsed:F1} a second), {records.Count} patients, errors {errors}, latest dispatch {latest.TotalMilliseconds:F1} ms behind, {GC.CollectionCount(0) - collections} collections");
        Print("median", median);
        Print("p95", PairedLatencies.Of(pairs, 0.95, seed: 1));
        Print("  HTTP first", PairedLatencies.Of([.. pairs.Where((_, i) => i % 2 == 0)], 0.5, seed: 1));
        Print("  bare first", PairedLatencies.Of([.. pairs.Where((_, i) => i % 2 == 1)], 0.5, seed: 1));
        Console.WriteLine($"target: median at most {Target:F0} times, no errors");
        return median.High <= Target && errors == 0 ? 0 : 1;
    }

    private static async Task<Dictionary<string, PatientRecord>> ReadRecordsAsync(MeasuredServer server, NamedRecordSource source, IReadOnlyList<FixtureQuestion> questions)
    {
        var cache = server.Services.GetRequiredService<RecordCache>();
        var records = new Dictionary<string, PatientRecord>();
        foreach (var patient in questions.Select(question => question.Patient).Distinct())
            records[patient] = (await cache.GetAsync(source, patient, RecordCache.FullGrant, CancellationToken.None))!.Record;

        return records;
    }

    private static async Task<Dictionary<(string, AskerRole), Queue<Conversation>>> OpenConversationsAsync(MeasuredServer server, IReadOnlyList<FixtureQuestion> questions)
    {
        var mostEarlier = server.Services.GetRequiredService<IOptions<PatientSessionOptions>>().Value.EarlierTurns;
        var conversations = new Dictionary<(string, AskerRole), Queue<Conversation>>();
        foreach (var (patient, asker) in questions.Select(question => (question.Patient, question.Asker)).Distinct())
        {
            conversations[(patient, asker)] = new Queue<Conversation>();
            for (var i = 0; i < SessionsOfEach; i++)
                conversations[(patient, asker)].Enqueue(new Conversation(await server.CreateSessionAsync(patient, asker.ToString()), mostEarlier));
        }

        return conversations;
    }

    private static void Print(string name, PairedLatencies latencies) => Console.WriteLine(
        $"{name,-12} HTTP {latencies.Candidate:F2} ms, bare {latencies.Baseline:F2} ms, ratio {latencies.Ratio:F2} (95 % interval {latencies.Low:F2} to {latencies.High:F2})");

    private static async Task UntilAsync(long start, TimeSpan due)
    {
        var wait = due - Stopwatch.GetElapsedTime(start);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, TimeProvider.System);
    }
}
