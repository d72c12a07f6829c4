using System.Collections.Concurrent;
using System.Diagnostics;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions.Records;

namespace MedGemma.Benchmarks.ConcurrentTurns;

/// <summary>
/// Turns over HTTP from 1, 4 and 16 sessions at once, each asking on as soon as it is answered: latency and rate. Every turn ends in one transaction, and all
/// transactions meet at the head of the audit chain; what that costs shows between the rows. SQLite, or PostgreSQL when its connection string is given
/// (a schema of its own: tables are created there). Target: no question fails, and 16 sessions together are answered at no lower rate than one.
/// </summary>
internal static class ConcurrentTurnsBenchmark
{
    private static readonly TimeSpan s_warming = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_measuring = TimeSpan.FromSeconds(6);

    /// <summary>Runs the benchmark.</summary>
    /// <param name="arguments">A connection string of PostgreSQL; SQLite when left out.</param>
    public static int Run(string[] arguments) => RunAsync(arguments.Length == 0 ? null : arguments[0]).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(string? postgres)
    {
        var files = await FileRecordSource.OpenAsync(
            [FixtureQuestion.PatientFolder], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, CancellationToken.None);
        await using var server = await MeasuredServer.StartAsync(new NamedRecordSource("fixtures", files), postgres is null ? null : new Dictionary<string, string?>
        {
            ["MedGemma:Sessions:Database"] = "Postgres",
            ["MedGemma:Sessions:ConnectionString"] = postgres,
        });
        var questions = FixtureQuestion.ReadAll();
        await MeasureAsync(server, questions, 4, s_warming);
        var rates = new Dictionary<int, double>();
        var failed = 0;
        foreach (var sessions in new[] { 1, 4, 16 })
        {
            var (taken, failures) = await MeasureAsync(server, questions, sessions, s_measuring);
            failed += failures;
            rates[sessions] = taken.Length / s_measuring.TotalSeconds;
            Console.WriteLine(
                $"{(postgres is null ? "SQLite" : "PostgreSQL")}, {sessions,2} sessions: {rates[sessions]:F0} turns a second, median {taken[taken.Length / 2]:F2} ms, p95 {taken[taken.Length * 95 / 100]:F2} ms, p99 {taken[taken.Length * 99 / 100]:F2} ms, failed {failures}");
        }

        return failed == 0 && rates[16] >= rates[1] ? 0 : 1;
    }

    /// <summary>Latencies in milliseconds, sorted.</summary>
    private static async Task<(double[] Taken, int Failed)> MeasureAsync(MeasuredServer server, IReadOnlyList<FixtureQuestion> questions, int sessions, TimeSpan duration)
    {
        var taken = new ConcurrentBag<double>();
        var failed = 0;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, sessions).Select(number => Task.Run(async () =>
        {
            var random = new Random(number);
            var first = questions[random.Next(questions.Count)];
            var session = await server.CreateSessionAsync(first.Patient, first.Asker.ToString());
            var own = questions.Where(question => question.Patient == first.Patient && question.Asker == first.Asker).ToArray();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var question = own[random.Next(own.Length)];
                var asked = Stopwatch.GetTimestamp();
                if (!await server.AskAsync(session, question.Text, question.AsOf))
                    Interlocked.Increment(ref failed);

                taken.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        })));
        return ([.. taken.Order()], failed);
    }
}
