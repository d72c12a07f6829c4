using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;

namespace MedGemma.Agents.Host.Inference;

/// <summary>Loads model files into the engine of this process.</summary>
internal static class ModelLoader
{
    // The parent's pool queues and says when to come back; this queue takes what several parents and other software send at once.
    private const int QueuedPerSlot = 8;

    /// <summary>Loads a model.</summary>
    /// <param name="settings">Which, and how much of the machine it may take.</param>
    /// <param name="loggers">Takes the engine's log.</param>
    /// <exception cref="CommandRefusedException">A file is refused, or the engine cannot run here.</exception>
    public static async Task<LoadedModel> LoadAsync(InferenceSettings settings, ILoggerFactory loggers)
    {
        var file = Accepted(ModelFileReader.ReadText(settings.Path));
        foreach (var (name, path) in settings.Adapters)
        {
            if (Accepted(ModelFileReader.ReadAdapter(path)).Against(file) is { } refusal)
                throw new CommandRefusedException($"inference: adapter {name}: {refusal.Message}");
        }

        var options = new LlamaGeneratorOptions
        {
            Name = settings.Name,
            Files = file.Shards,
            Model = new LlamaModelOptions { Devices = Devices(settings.Devices) },
            Adapters = settings.Adapters,
            Thinking = settings.Thinking,
            ContextLength = settings.ContextLength,
            Cells = settings.ContextLength * settings.Slots,
            Sequences = settings.Slots,
            QueueLength = settings.Slots * QueuedPerSlot,
            Threads = settings.Threads == 0 ? null : settings.Threads,
        };
        try
        {
            var generator = await LlamaGenerator.LoadAsync(options, loggers.CreateLogger<LlamaGenerator>(), TimeProvider.System).ConfigureAwait(false);
            return new LoadedModel(generator, generator.Completion, generator.DisposeAsync);
        }
        catch (Exception refused) when (refused is EngineUnavailableException or LlamaException or ValidationException or ArgumentException)
        {
            throw new CommandRefusedException($"inference: {refused.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>What the native loader can be trusted with: on some other files it ends the process.</summary>
    private static T Accepted<T>(ModelFileResult<T> result)
        where T : ModelFile => result switch
        {
            ModelFileResult<T>.Accepted(var file) => file,
            ModelFileResult<T>.Refused(var refusal) => throw new CommandRefusedException($"inference: {refusal.Message}"),
            _ => throw new InvalidOperationException("There is no third result."),
        };

    /// <summary>The engine's names of the devices that the configuration names.</summary>
    private static string[]? Devices(string devices) => devices switch
    {
        "auto" => null,
        "cpu" => [],
        _ => [.. devices["cuda:".Length..].Split('+').Select(number => "CUDA" + int.Parse(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture))],
    };
}
