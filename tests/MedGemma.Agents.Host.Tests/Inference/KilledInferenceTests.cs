using System.Diagnostics;
using System.Globalization;
using MedGemma.Agents.EngineFaults;
using MedGemma.Agents.Inference.Chat.Failures;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Inference processes that end in the middle of everything: by <c>SIGKILL</c>, and by an assertion of llama.cpp that fails on the engine's own thread.</summary>
public sealed class KilledInferenceTests
{
    private const int InFlight = 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary><c>MEDGEMMA_SOAK</c> makes 50 rounds of the usual 4, kills and assertions by turns.</summary>
    [Fact]
    public async Task Whatever_kills_the_process_every_request_ends_and_the_pool_recovers_by_itself()
    {
        var rounds = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? 4 : 50;
        var random = new Random(20);
        var settings = new Dictionary<string, string> { ["Pool:QueueLength"] = "100", ["Supervision:LongestPause"] = "00:00:00.100" };
        await using var models = new LocalModels(TinyModel.Babbling, slots: 8, replicas: ["cpu", "auto"], settings, LocalModels.AssertingProgram);
        var outcomes = new List<string>();
        var unfinished = new List<int>();
        for (var round = 0; round < rounds; round++)
        {
            await WhenUpAsync(models);
            var asked = Enumerable.Range(0, InFlight).Select(i => models.OutcomeAsync($"Round {round}, question {i}?", random.Next(100, 900), cancellationToken: Stop)).ToList();

            // Some have streamed by then, some wait.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 200)), TimeProvider.System, Stop);
            var victims = models.Processes.Where((_, i) => i == round / 2 % 2 || round % 5 == 0).ToList();
            unfinished.Add(asked.Count(request => !request.IsCompleted));
            victims.ForEach(process => Signal(process, round % 2 == 0 ? "KILL" : "USR1"));

            outcomes.AddRange(await Task.WhenAll(asked).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, Stop));
        }

        Assert.Equal(rounds * InFlight, outcomes.Count);
        Assert.All(outcomes.Where(outcome => outcome.EndsWith("Exception", StringComparison.Ordinal)), failure => Assert.Equal(nameof(ModelLostException), failure));
        Assert.Contains(outcomes, outcome => !outcome.EndsWith("Exception", StringComparison.Ordinal));
        Assert.Contains(outcomes, outcome => outcome.EndsWith("Exception", StringComparison.Ordinal));
        await WhenUpAsync(models);
        Assert.NotEmpty(await models.OutcomeAsync("Still there?", 5, cancellationToken: Stop));
        Assert.All(models.Pools.Pool("planner").Replicas, replica => Assert.Equal(0, replica.Running));
        Assert.Equal(0, models.Pools.Pool("planner").Waiting);
        var log = models.Log.GetSnapshot();
        var assertions = log.Count(line => line.Message.Contains(EngineAssertion.Said, StringComparison.Ordinal));
        Assert.True(assertions >= rounds / 2, $"only {assertions} assertions failed");
        var succeeded = outcomes.Count(outcome => !outcome.EndsWith("Exception", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{rounds} rounds, {log.Count(line => line.Message.Contains("ended with exit code", StringComparison.Ordinal))} processes ended, {assertions} of them by {log.First(line => line.Message.Contains(EngineAssertion.Said, StringComparison.Ordinal)).Message}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{outcomes.Count} requests, of {InFlight} at once {unfinished.Min()} to {unfinished.Max()} unfinished at the kill: {succeeded} answered, {outcomes.Count - succeeded} failed typed");
    }

    private static async Task WhenUpAsync(LocalModels models)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!models.Pools.Pool("planner").Replicas.All(replica => replica.IsUp) || models.Processes.Count() < 2)
            await Task.Delay(20, patience.Token);
    }

    private static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
