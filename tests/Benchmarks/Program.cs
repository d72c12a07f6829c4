using MedGemma.Benchmarks.AgentLoop;
using MedGemma.Benchmarks.ConcurrentTurns;
using MedGemma.Benchmarks.Engine;
using MedGemma.Benchmarks.HttpQuestion;
using MedGemma.Benchmarks.ImportRate;
using MedGemma.Benchmarks.InferenceProcess;
using MedGemma.Benchmarks.QueryCost;
using MedGemma.Benchmarks.RecordBuild;
using MedGemma.Benchmarks.SessionsMemory;

// One verb a benchmark; each prints its figures and returns 0 when its target is met.
var benchmarks = new Dictionary<string, Func<string[], int>>(StringComparer.Ordinal)
{
    ["record-build"] = RecordBuildBenchmark.Run,
    ["query-cost"] = QueryCostBenchmark.Run,
    ["import-rate"] = ImportRateBenchmark.Run,
    ["http-question"] = HttpQuestionBenchmark.Run,
    ["inference-process"] = InferenceProcessBenchmark.Run,
    ["sessions-memory"] = SessionsMemoryBenchmark.Run,
    ["agent-loop"] = AgentLoopBenchmark.Run,
    ["concurrent-turns"] = ConcurrentTurnsBenchmark.Run,
    ["engine-throughput"] = EngineThroughputBenchmark.Run,
    ["engine-prefix"] = PrefixReuseBenchmark.Run,
    ["engine-grammar"] = GrammarBenchmark.Run,
    ["engine-peer"] = PeerBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"usage: Benchmarks {string.Join('|', benchmarks.Keys)} [arguments]");
    return 2;
}

return benchmark(args[1..]);
