using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MedGemma.Agents.Host.Tests.Inference;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Tests.Agents;

/// <summary>The whole way from question to answer with the real engine: a model with random weights writes anything that the grammars allow.</summary>
public sealed class TinyModelTests
{
    private const int SampleEvery = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool IsSoak => Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is not null;

    [Fact]
    public async Task Every_plan_parses_every_loop_ends_and_nothing_but_verified_claims_is_answered()
    {
        var questions = FixtureQuestion.All.Where((_, index) => index % 4 == 0).Take(IsSoak ? 500 : 20).ToList();
        Counting client = null!;
        await using var planner = await TinyPlanner.StartAsync(engine => client = new Counting(engine), temperature: 1);
        if (IsSoak)
            await planner.KnowRecordsAsync(questions);
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (memory, heap) = (new List<long>(), new List<long>());
        var outputs = 0;
        var started = Stopwatch.GetTimestamp();
        foreach (var (i, question) in questions.Index())
        {
            client.Seed = i;
            var answer = await planner.AskAsync(question, Stop);

            var end = answer.Reason is { } reason ? $"{reason.Code}{(reason is UnsureReason.BudgetSpent spent ? $" ({spent.Budget})" : "")}" : answer.Status.ToString();
            ends[end] = ends.GetValueOrDefault(end) + 1;
            Assert.False(answer.Reason is UnsureReason.UnreadableOutput or UnsureReason.ModelLost or UnsureReason.ModelRefused or UnsureReason.EmptyOutput, end);
            Assert.Equal(answer.Status == AnswerStatus.Unsure, answer.Reason is not null);
            Assert.All(answer.Claims, claim => Assert.Equal(Verdict.Supported, claim.Verdict));
            foreach (var call in answer.Model?.Calls ?? [])
            {
                if (call.Failure is not null)
                    continue;

                using var output = JsonDocument.Parse(call.Output);
                Assert.True(output.RootElement.TryGetProperty(call.Agent switch { "chart-planner" => "next", "answer-writer" => "claims", _ => "findings" }, out _), call.Output);
                outputs++;
            }

            if (IsSoak && (i + 1) % SampleEvery == 0)
                Measure();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{questions.Count} questions in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s; {client.Calls} calls of the model, {client.Tokens} tokens, {outputs} outputs parsed; {string.Join(", ", ends.Select(end => $"{end.Key} {end.Value}"))}; MB {string.Join(' ', memory.Select(bytes => bytes >> 20))}, of which managed {string.Join(' ', heap.Select(bytes => $"{bytes / 1048576.0:F1}"))}"));
        Assert.True(outputs >= questions.Count, $"Only {outputs} outputs were read.");
        Assert.True(ends.Count >= (IsSoak ? 5 : 2), "The model is too much of one mind to try the loop.");
        if (memory.Count > 2)
        {
            // The process also holds code, which is compiled as it is first run.
            Assert.True(memory[^1] < memory[memory.Count / 2] * 1.05, $"Memory grows: {string.Join(' ', memory)} bytes.");
            Assert.True(heap[^1] < heap[0] * 1.03, $"Managed memory grows: {string.Join(' ', heap)} bytes.");
        }

        // What the process holds when all that can be given back is.
        void Measure()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            heap.Add(GC.GetTotalMemory(forceFullCollection: false));
            memory.Add(Environment.WorkingSet);
        }
    }

    [Fact]
    public async Task Cancelling_a_turn_stops_the_engine_with_the_token_under_way()
    {
        const int at = 20;
        const string name = "cancelled";
        using var cancel = new CancellationTokenSource();
        await using var planner = await TinyPlanner.StartAsync(engine => engine, temperature: 0, name, thinksForEver: true);
        using var steps = new EngineSteps(name, at, cancel.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => planner.AskAsync(FixtureQuestion.All[0], cancel.Token));
        await steps.Finished;

        Assert.Equal(at, steps.Count);
    }

    /// <summary>Counts what the model does, and gives each turn a seed of its own.</summary>
    private sealed class Counting(IChatClient inner) : DelegatingChatClient(inner)
    {
        public long Seed { get; set; }

        public int Calls { get; private set; }

        public long Tokens { get; private set; }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var read = messages.ToList();
            Assert.DoesNotContain(read, message => message.Text.StartsWith("That was no plan", StringComparison.Ordinal));
            Calls++;
            options!.Seed = Seed;
            await foreach (var update in base.GetStreamingResponseAsync(read, options, cancellationToken))
            {
                Tokens += update.Contents.OfType<UsageContent>().Sum(usage => usage.Details.OutputTokenCount ?? 0);
                yield return update;
            }
        }
    }
}
