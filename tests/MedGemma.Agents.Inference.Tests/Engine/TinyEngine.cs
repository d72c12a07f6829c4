using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>Real engines on tiny model files, one thread each.</summary>
internal static class TinyEngine
{
    private static readonly string s_folder = Directory.CreateTempSubdirectory("tiny-engine-").FullName;
    private static readonly Lazy<string> s_random = new(() => TinyGemma.Write(Path.Combine(s_folder, "random.gguf")));
    private static readonly Lazy<string> s_adapter = new(() => TinyAdapter.Create(GemmaShape.Tiny).Write(Path.Combine(s_folder, "adapter.gguf")));

    static TinyEngine() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(s_folder, recursive: true);

    /// <summary>A model with random weights.</summary>
    public static string RandomModel => s_random.Value;

    /// <summary>An adapter for it.</summary>
    public static string Adapter => s_adapter.Value;

    /// <summary>A model of another kind.</summary>
    public static string Model(TinyGemmaOptions options) => TinyGemma.Write(Path.Combine(s_folder, $"{Guid.NewGuid():N}.gguf"), options);

    public static LlamaGeneratorOptions Options(string? file = null) => new()
    {
        Name = "tiny",
        Files = [file ?? RandomModel],
        ContextLength = 512,
        Cells = 2048,
        Sequences = 4,
        TokensPerStep = 64,
        Threads = 1,
        ShortestPrefix = 4,
        Thinking = true,
    };

    public static Task<LlamaGenerator> LoadAsync(LlamaGeneratorOptions options, TimeProvider? timeProvider = null, IImageEncoder? images = null) =>
        LlamaGenerator.LoadAsync(options, NullLogger.Instance, timeProvider ?? TimeProvider.System, images);

    /// <summary>A prompt as the chat template would make it of one question.</summary>
    public static GenerationRequest Ask(string text, int maxTokens = 16) => new(
    [
        new PromptPart.Control(ControlToken.BeginOfSequence),
        new PromptPart.Control(ControlToken.StartOfTurn),
        new PromptPart.Text("user\n" + text),
        new PromptPart.Control(ControlToken.EndOfTurn),
        new PromptPart.Text("\n"),
        new PromptPart.Control(ControlToken.StartOfTurn),
        new PromptPart.Text("model\n"),
    ])
    {
        MaxTokens = maxTokens,
    };
}
