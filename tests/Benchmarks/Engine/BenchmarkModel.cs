using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Benchmarks.Engine;

/// <summary>A random model of the shape of Gemma 3 270M in Q8_0, with its vocabulary of 262,144, and prompts of exact lengths for it.</summary>
internal static class BenchmarkModel
{
    // Each of them is a token, and no two together are.
    private const string Letters = "13579";

    /// <summary>The file; made in the temporary folder when it is not there.</summary>
    public static string File()
    {
        var file = Path.Combine(Path.GetTempPath(), "medgemma-benchmark-270m-q8_0.gguf");
        if (System.IO.File.Exists(file))
            return file;

        var whole = file + ".f16";
        TinyGemma.Write(whole, new TinyGemmaOptions { Shape = GemmaShape.M270, Type = GgmlType.F16, Name = "Random 270M" });
        LlamaQuantizer.WriteQ8(LlamaRuntime.Start(NullLogger.Instance), whole, file + ".part", threads: 2);
        System.IO.File.Delete(whole);
        System.IO.File.Move(file + ".part", file);
        return file;
    }

    /// <summary>An engine on one thread.</summary>
    public static LlamaGenerator Load(Action<LlamaGeneratorOptions>? change = null)
    {
        var options = new LlamaGeneratorOptions { Name = "270m", Files = [File()], ContextLength = 8192, Cells = 16_384, Sequences = 16, TokensPerStep = 512, Threads = 1 };
        change?.Invoke(options);
        return Finish(LlamaGenerator.LoadAsync(options, NullLogger.Instance, TimeProvider.System));
    }

    /// <summary>A text of so many tokens.</summary>
    public static string Text(int tokens, int seed)
    {
        var random = new Random(seed);
        return string.Create(tokens, random, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = Letters[source.Next(Letters.Length)];
        });
    }

    /// <summary>A request whose prompt is the first token and a text.</summary>
    public static GenerationRequest Ask(string text, int maxTokens, string? scope = null) =>
        new([new PromptPart.Control(ControlToken.BeginOfSequence), new PromptPart.Text(text)]) { MaxTokens = maxTokens, Prefix = new PrefixHint(scope) };

    /// <summary>Runs requests at the same time, and gives how many tokens were written.</summary>
    public static int Run(LlamaGenerator generator, IEnumerable<GenerationRequest> requests) =>
        Finish(Task.WhenAll(requests.Select(request => Task.Run(() => CountAsync(generator, request))))).Sum();

    /// <summary>Time from the start of requests that begin together to the first token of the last of them.</summary>
    public static TimeSpan LastFirstToken(LlamaGenerator generator, IEnumerable<GenerationRequest> requests)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Run(generator, requests.Select(request => request with { MaxTokens = 1 }));
        return System.Diagnostics.Stopwatch.GetElapsedTime(started);
    }

    private static T Finish<T>(Task<T> task) => Task.Run(() => task).GetAwaiter().GetResult();

    private static async Task<int> CountAsync(LlamaGenerator generator, GenerationRequest request)
    {
        var tokens = 0;
        await foreach (var step in generator.GenerateAsync(request))
            tokens += step is GenerationEvent.Token ? 1 : 0;

        return tokens;
    }
}
