using System.Diagnostics;
using System.Globalization;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Benchmarks.Engine;

/// <summary>
/// Decode of 8 sequences through the engine against node-llama-cpp's own API on the same file with as many threads, which otherwise is as it comes. Target: at least 2 times its
/// speed. The peer is no part of the product: install it in a folder of its own (<c>npm install node-llama-cpp@3.22.1</c>) and name the folder, and the threads. With <c>--cpu-library=NAME</c> the
/// engine computes by another of its libraries than it chooses by itself, the peer does not. With <c>bare</c> the bare loop takes the engine's place: more than that no engine over the same libraries can reach.
/// </summary>
internal static class PeerBenchmark
{
    private const int Pairs = 20;
    private const int Sequences = 8;
    private const int Tokens = 24;
    private const int Cells = 4096;
    private const double Target = 2;
    private const string LibraryOption = "--cpu-library=";

    private const string Script = """
        import readline from "node:readline";
        import { getLlama } from "node-llama-cpp";
        const [file, sequences, tokens, threads] = [process.argv[2], ...process.argv.slice(3).map(Number)];
        const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads });
        const model = await llama.loadModel({ modelPath: file });
        const context = await model.createContext({ sequences, contextSize: 512, batchSize: 512, threads });
        const held = Array.from({ length: sequences }, () => context.getSequence());
        const prompt = (text) => [2, ...model.tokenize(text)];
        for await (const line of readline.createInterface({ input: process.stdin })) {
            const texts = JSON.parse(line);
            await Promise.all(held.map(async (sequence, i) => {
                await sequence.clearHistory();
                let count = 0;
                for await (const token of sequence.evaluate(prompt(texts[i]), { temperature: 0, yieldEogToken: true }))
                    if (++count === tokens) break;
            }));
            console.log("done");
        }
        process.exit(0);
        """;

    public static int Run(string[] arguments)
    {
        var series = new PairSeries(arguments, Pairs);
        var bare = series.Rest is [_, _, "bare"];
        if (series.Rest is not [var folder, var count, ..] || !int.TryParse(count, CultureInfo.InvariantCulture, out var threads) || (!bare && threads > ThreadShare.Most))
        {
            Console.Error.WriteLine($"usage: Benchmarks engine-peer FOLDER_OF_NODE_LLAMA_CPP THREADS [bare] [--cpu-library=NAME]; the engine computes with at most {ThreadShare.Most} threads here");
            return 2;
        }

        LlamaRuntime.Start(NullLogger.Instance, Array.Find(arguments, argument => argument.StartsWith(LibraryOption, StringComparison.Ordinal))?[LibraryOption.Length..]);
        var script = Path.Combine(folder, "peer-benchmark.mjs");
        File.WriteAllText(script, Script);
        using var peer = Process.Start(new ProcessStartInfo("node", [script, BenchmarkModel.File(), .. new[] { Sequences, Tokens, threads }.Select(number => number.ToString(CultureInfo.InvariantCulture))])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var texts = Enumerable.Range(0, Sequences).Select(seed => BenchmarkModel.Text(7, seed)).ToList();
        var line = System.Text.Json.JsonSerializer.Serialize(texts);
        var (ratio, pairs) = bare ? Bare() : Engine();
        peer.StandardInput.Close();
        peer.WaitForExit();
        var amount = Sequences * Tokens;
        Console.WriteLine(
            $"{Sequences} sequences, {threads} threads: {(bare ? "bare loop" : "ours")} {amount / ratio.Candidate.TotalSeconds:F1} tokens/s, node-llama-cpp {amount / ratio.Baseline.TotalSeconds:F1}, speed ratio {1 / ratio.Median:F2} [{1 / ratio.High:F2}, {1 / ratio.Low:F2}] of {pairs} pairs, target {Target:F0}");
        return 1 / ratio.Median >= Target ? 0 : 1;

        (PairedRatio Ratio, int Pairs) Bare()
        {
            using var loop = new BareLoop(BenchmarkModel.File(), Sequences, Cells, threads);
            var prompts = texts.ConvertAll(loop.Prompt);
            return series.Measure($"bare-{threads}-threads", 2, () => loop.Run(prompts, Tokens), Ask);
        }

        (PairedRatio Ratio, int Pairs) Engine()
        {
            var generator = BenchmarkModel.Load(options => options.Threads = threads);
            var measured = series.Measure($"peer-{threads}-threads", 2, () => BenchmarkModel.Run(generator, texts.Select(text => BenchmarkModel.Ask(text, Tokens))), Ask);
            generator.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return measured;
        }

        void Ask()
        {
            peer.StandardInput.WriteLine(line);
            while (peer.StandardOutput.ReadLine() is { } answer)
            {
                if (answer == "done")
                    return;
            }

            throw new InvalidOperationException("The peer has ended.");
        }
    }
}
