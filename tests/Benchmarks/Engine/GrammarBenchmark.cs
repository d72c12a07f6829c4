using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Grammars;

namespace MedGemma.Benchmarks.Engine;

/// <summary>
/// What a grammar costs on a vocabulary of 262,144: when about 95 % of the sampled tokens fit (target: at most 10 % more time than free text), and when none does (target: at most
/// 40 ms a token). The sampled tokens are random letters; a grammar without one capital rejects those that begin with it.
/// </summary>
internal static class GrammarBenchmark
{
    private const int Pairs = 20;
    private const int Tokens = 32;
    private static readonly Grammar s_mostlyFits = new("root ::= [^M]*");
    private static readonly Grammar s_neverFits = new("root ::= [0-9]*");

    public static int Run(string[] arguments)
    {
        _ = arguments;
        var generator = BenchmarkModel.Load();
        var prompt = BenchmarkModel.Text(15, 1);
        Console.WriteLine("grammar         decoding   ms/token  free ms/token   ratio  95 % interval");
        var fits = Compare("mostly fits", s_mostlyFits, temperature: 1);
        var greedyNone = Compare("never fits", s_neverFits, temperature: 0);
        var none = Compare("never fits", s_neverFits, temperature: 1);
        generator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var rejected = Rejected(out var shown);
        var extra = (none.Candidate - none.Baseline).TotalMilliseconds / Tokens;
        var extraGreedy = (greedyNone.Candidate - greedyNone.Baseline).TotalMilliseconds / Tokens;
        Console.WriteLine($"of {shown} sampled tokens {rejected} did not fit the first; the second costs {extra:F1} ms a token when sampling, {extraGreedy:F1} when greedy");
        return fits.Median <= 1.10 && extra <= 40 && extraGreedy <= 40 ? 0 : 1;

        PairedRatio Compare(string name, Grammar grammar, float temperature)
        {
            var seed = 0;
            var ratio = PairedRatio.Measure(Pairs, 1, () => Write(grammar, seed), () => Write(null, seed++), seed: 1);
            Console.WriteLine(
                $"{name,-15} {(temperature > 0 ? "sampled" : "greedy"),-9} {ratio.Candidate.TotalMilliseconds / Tokens,9:F2} {ratio.Baseline.TotalMilliseconds / Tokens,14:F2} {ratio.Median,7:F3}  [{ratio.Low:F3}, {ratio.High:F3}]");
            return ratio;

            void Write(Grammar? held, int seed) => BenchmarkModel.Run(
                generator,
                [BenchmarkModel.Ask(prompt, Tokens) with { Grammar = held, Sampling = new Sampling { Temperature = temperature, Seed = seed } }]);
        }
    }

    // How often the first grammar rejects what is sampled: the free outputs of the same seeds are looked at.
    private static int Rejected(out int shown)
    {
        var generator = BenchmarkModel.Load();
        var rejected = 0;
        shown = 0;
        for (var seed = 0; seed < Pairs; seed++)
        {
            var request = BenchmarkModel.Ask(BenchmarkModel.Text(15, 1), Tokens) with { Sampling = new Sampling { Temperature = 1, Seed = seed } };
            foreach (var step in generator.GenerateAsync(request).ToBlockingEnumerable())
            {
                if (step is not GenerationEvent.Token token)
                    continue;

                shown++;
                rejected += token.Utf8.Span.Contains((byte)'M') ? 1 : 0;
            }
        }

        generator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return rejected;
    }
}
