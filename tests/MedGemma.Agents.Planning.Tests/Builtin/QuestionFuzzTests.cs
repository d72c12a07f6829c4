using System.Collections.Concurrent;
using System.Diagnostics;
using CsCheck;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Tests.Isolation;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Damaged questions end in a plan or in words, in bounded time, and never in a claim that the verifier would refuse.</summary>
public sealed class QuestionFuzzTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset s_asOf = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Far above what a question takes, far below what backtracking would.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(5);

    /// <summary>Seeds that once found something, and the first that was ever run; CsCheck prints the one of a failure.</summary>
    private static readonly string[] s_seeds = ["0000000000000", "6JBzYZhHA6s3", "eEtOTf5YP1_2"];

    /// <summary>How long <c>MEDGEMMA_SOAK</c> makes each search for new damage, in seconds; otherwise it ends after so many questions as are given.</summary>
    private static int SoakSeconds => Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? -1 : 200;

    [Fact]
    public async Task Damaged_questions_are_planned_or_declined()
    {
        var record = await ReadAsync("patient-0001.ndjson");
        var context = new QueryContext(s_asOf, TimeZoneInfo.Utc);
        var outcomes = new ConcurrentDictionary<string, int>();
        async Task CheckAsync(string question)
        {
            var plan = await InBoundedTimeAsync(
                question, asked => Answering.Planner.PlanAsync(record, new ChartQuestion(asked, s_asOf, AskerRole.Unknown, []), context, CancellationToken.None));
            Assert.True(plan is not Plan.Planned { Queries.Count: 0 }, question);
            outcomes.AddOrUpdate(plan.GetType().Name, 1, (_, count) => count + 1);
        }

        foreach (var seed in s_seeds)
            await QuestionMutations.Question.SampleAsync(CheckAsync, seed: seed, iter: 40, threads: 1);
        await QuestionMutations.Question.SampleAsync(CheckAsync, iter: 300, time: SoakSeconds, threads: 1);
        Say(outcomes);
        Assert.True(outcomes.ContainsKey(nameof(Plan.Planned)) && outcomes.ContainsKey(nameof(Plan.NotUnderstood)));
    }

    [Fact]
    public async Task Damaged_questions_never_show_a_claim_that_is_not_borne_out()
    {
        PatientRecord[] records = [await ReadAsync("patient-0007.ndjson"), await ReadAsync("patient-0008.json"), await ReadAsync("patient-0005.ndjson")];
        var outcomes = new ConcurrentDictionary<string, int>();
        async Task CheckAsync((PatientRecord Record, string Question) asked)
        {
            var (record, question) = asked;
            var answer = await InBoundedTimeAsync(question, text => Answering.AskAsync(record, new ChartQuestion(text, s_asOf, AskerRole.Unknown, [])));
            Assert.All(answer.Claims, claim => Assert.Empty(Answering.Verifier.FindUnsupported(claim, answer.Queries, record)));
            Assert.All(answer.Claims, claim => Assert.Equal(Verdict.Supported, claim.Verdict));
            if (answer.Status == AnswerStatus.Answered)
                Assert.True(answer.Claims.Count > 0, question);
            else
                Assert.Empty(answer.Values);

            _ = AnswerJson.ToText(answer);
            outcomes.AddOrUpdate(answer.Dropped.Count > 0 ? "withheld" : answer.Status.ToString(), 1, (_, count) => count + 1);
        }

        var cases = Gen.Select(QuestionMutations.Of(records), QuestionMutations.Question);
        foreach (var seed in s_seeds)
            await cases.SampleAsync(CheckAsync, seed: seed, iter: 40, threads: 1);
        await cases.SampleAsync(CheckAsync, iter: 150, time: SoakSeconds, threads: 1);
        Say(outcomes);
        Assert.True(outcomes.ContainsKey(nameof(AnswerStatus.Answered)) && outcomes.ContainsKey(nameof(AnswerStatus.Unsure)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("potassium ")]
    [InlineData("(")]
    [InlineData("1/")]
    [InlineData("since since ")]
    [InlineData("last last week ")]
    [InlineData("not more than ")]
    [InlineData("and ")]
    [InlineData("5 and ")]
    [InlineData("\ud83d\ude00")]
    [InlineData("  ")]
    public async Task The_longest_question_of_one_thing_over_and_over_ends_in_bounded_time(string piece)
    {
        var record = await ReadAsync("patient-0001.ndjson");
        var question = string.Concat(Enumerable.Repeat(piece, (4000 / piece.Length) + 1))[..4000];
        var answer = await InBoundedTimeAsync(question, text => Answering.AskAsync(record, text));
        output.WriteLine($"{answer.Status}");
    }

    /// <summary>A question that takes too long takes too long again; a machine that was busy for a while seldom is so twice.</summary>
    private static async Task<T> InBoundedTimeAsync<T>(string question, Func<string, Task<T>> ask)
    {
        var taken = TimeSpan.Zero;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await ask(question);
            taken = Stopwatch.GetElapsedTime(started);
            if (taken < s_bound)
                return result;
        }

        Assert.Fail($"{taken} for: {question}");
        throw new UnreachableException();
    }

    private static async Task<PatientRecord> ReadAsync(string file)
    {
        var folder = Path.Combine(FixtureQuestion.Folder, "patients");
        var source = await ImportedStore.OpenFilesAsync(Path.Combine(folder, file), Path.Combine(folder, "manifest.json"));
        return await Answering.ReadAsync(source, (await source.FindPatientsAsync("", 1, CancellationToken.None))[0].Id);
    }

    private void Say(ConcurrentDictionary<string, int> outcomes) =>
        output.WriteLine(string.Join(", ", outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}")));
}
