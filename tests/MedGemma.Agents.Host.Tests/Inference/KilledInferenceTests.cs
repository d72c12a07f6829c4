using System.Diagnostics;
using System.Globalization;
using MedGemma.Agents.Inference.Chat.Failures;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Inference processes that end in the middle of everything, by SIGKILL and by SIGABRT, which is what an assertion of the engine raises.</summary>
public sealed class KilledInferenceTests
{
    private const int InFlight = 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary><c>MEDGEMMA_SOAK</c> makes 50 kills of the usual 4.</summary>
    [Fact]
    public async Task Whatever_kills_the_process_every_request_ends_and_the_pool_recovers_by_itself()
    {
        var kills = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? 4 : 50;
        var random = new Random(20);
        await using var models = new LocalModels(TinyModel.Babbling, slots: 8, replicas: ["cpu", "auto"], settings: new() { ["Pool:QueueLength"] = "100", ["Supervision:LongestPause"] = "00:00:00.100" });
        var outcomes = new List<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            await WhenUpAsync(models);
            var asked = Enumerable.Range(0, InFlight).Select(i => models.OutcomeAsync($"Round {kill}, question {i}?", random.Next(20, 300), cancellationToken: Stop)).ToList();

            // Some have streamed by then, some wait.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 400)), TimeProvider.System, Stop);
            foreach (var process in models.Processes.Where((_, i) => i == kill % 2 || kill % 5 == 0))
                Signal(process, kill % 2 == 0 ? "KILL" : "ABRT");

            outcomes.AddRange(await Task.WhenAll(asked).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, Stop));
        }

        Assert.Equal(kills * InFlight, outcomes.Count);
        Assert.All(outcomes.Where(outcome => outcome.EndsWith("Exception", StringComparison.Ordinal)), failure => Assert.Equal(nameof(ModelLostException), failure));
        Assert.Contains(outcomes, outcome => !outcome.EndsWith("Exception", StringComparison.Ordinal));
        await WhenUpAsync(models);
        Assert.NotEmpty(await models.OutcomeAsync("Still there?", 5, cancellationToken: Stop));
        Assert.All(models.Pools.Pool("planner").Replicas, replica => Assert.Equal(0, replica.Running));
        Assert.Equal(0, models.Pools.Pool("planner").Waiting);
        var succeeded = outcomes.Count(outcome => !outcome.EndsWith("Exception", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {outcomes.Count} requests: {succeeded} answered, {outcomes.Count - succeeded} failed typed");
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
