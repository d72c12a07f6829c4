using System.Text;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Tests.Agents;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Benchmarks.AgentLoop;

/// <summary>
/// Whole turns of the model planner with a tiny model, against the bare engine for the same requests: the same prompts and grammars, the same tokens, the same kept
/// prefixes, one thread. What is left is everything else of a turn (<see cref="WholeTurn"/>): the pool, prompts, grammars, streaming, plans, queries, tables, claims and their
/// verification, contradictions, and the durable rows of turn, audit and Provenance. Orleans and HTTP are measured by <c>http-question</c>. Target: at most 1.05.
/// </summary>
internal static class AgentLoopBenchmark
{
    private const int Pairs = 30;
    private const int Warmups = 3;
    private const int Questions = 6;
    private const int FewestCalls = 3;
    private const double Target = 1.05;

    /// <summary>Runs it.</summary>
    public static int Run(string[] arguments)
    {
        _ = arguments;
        return Task.Run(RunAsync).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-agent-loop-");
        try
        {
            return await RunAsync(folder.FullName).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string folder)
    {
        var engine = await TinyPlannerModel.LoadAsync(TinyPlannerModel.Write(Path.Combine(folder, "planner.gguf"))).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var agents = Path.Combine(folder, "agents");
        TinyPlannerModel.WriteAgents(agents, temperature: 0);
        var services = CommandServices.Build(new Dictionary<string, string?> { ["MedGemma:Zone"] = "UTC" });
        await using var __ = services.ConfigureAwait(false);
        var source = await FileRecordSource.OpenAsync([FixtureQuestion.PatientFolder], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        var recording = new RecordingGenerator(engine);
        var turns = await WholeTurn.OpenAsync(services, new GemmaChatClient(recording), client => TinyPlannerModel.Answerer(services, agents, client), source, folder).ConfigureAwait(false);
        await using var ___ = turns.ConfigureAwait(false);

        Console.WriteLine("calls  tokens  turn ms  bare engine ms  ratio  95 % interval");
        var worst = 0.0;
        var measured = 0;
        foreach (var question in FixtureQuestion.ReadAll().Where((_, index) => index % 17 == 0))
        {
            if (measured == Questions)
                break;

            var session = await turns.CreateSessionAsync(question).ConfigureAwait(false);
            recording.Requests.Clear();
            var done = (await turns.RunAsync(session, question).ConfigureAwait(false)).Result;
            if (done is not { AnswerJson: not null, ModelWork: { } kept } || done.QueriesJson == "[]" || ModelWorkJson.Read(Encoding.UTF8.GetBytes(kept)) is not { Calls.Count: >= FewestCalls } work)
                continue;

            measured++;
            var requests = recording.Requests.ConvertAll(request => request with { Deadline = null });
            var ratio = PairedRatio.Measure(
                Pairs,
                Warmups,
                () => turns.RunAsync(session, question).GetAwaiter().GetResult(),
                () => DrainAsync(engine, requests).GetAwaiter().GetResult(),
                seed: 1);
            Console.WriteLine(
                $"{work.Calls.Count,5} {work.Calls.Sum(call => call.OutputTokens ?? 0),7} {ratio.Candidate.TotalMilliseconds,8:F1} {ratio.Baseline.TotalMilliseconds,15:F1} {ratio.Median,6:F3}  [{ratio.Low:F3}, {ratio.High:F3}]");
            worst = Math.Max(worst, ratio.Median);
        }

        Console.WriteLine($"worst median ratio {worst:F3} over {measured} questions, target {Target:F2}");
        return measured == Questions && worst <= Target ? 0 : 1;
    }

    private static async Task DrainAsync(LlamaGenerator engine, List<GenerationRequest> requests)
    {
        foreach (var request in requests)
        {
            await foreach (var _ in engine.GenerateAsync(request).ConfigureAwait(false))
            {
            }
        }
    }
}
