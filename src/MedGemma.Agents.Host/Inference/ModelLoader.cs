using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Identity;
using MedGemma.Agents.Inference.Models.Memory;
using MedGemma.Agents.Inference.Vision;

namespace MedGemma.Agents.Host.Inference;

/// <summary>Loads model files into the engine of this process.</summary>
internal static partial class ModelLoader
{
    // The parent's pool queues and says when to come back; this queue takes what several parents and other software send at once.
    private const int QueuedPerSlot = 8;

    /// <summary>Loads a model.</summary>
    /// <param name="settings">Which, and how much of the machine it may take.</param>
    /// <param name="loggers">Takes the engine's log.</param>
    /// <exception cref="CommandRefusedException">A file is refused, or the engine cannot run here.</exception>
    public static async Task<LoadedModel> LoadAsync(InferenceSettings settings, ILoggerFactory loggers)
    {
        var (file, vision) = ModelFileSet.Read(settings.Path, settings.VisionPath, settings.Adapters.Values) switch
        {
            ModelFileResult<ModelFileSet>.Accepted(var files) => (files.Text, files.Vision),
            ModelFileResult<ModelFileSet>.Refused(var refusal) => throw new CommandRefusedException($"inference: {refusal.Message}"),
            _ => throw new InvalidOperationException("There is no third result."),
        };
        var options = new LlamaGeneratorOptions
        {
            Name = settings.Name,
            Files = file.Shards,
            Model = new LlamaModelOptions { Devices = Devices(settings.Devices) },
            Adapters = settings.Adapters,
            Thinking = settings.Thinking,
            ContextLength = settings.ContextLength,
            Sequences = settings.Slots,
            TokensPerStep = settings.TokensPerStep,
            QuantizedCache = settings.QuantizedCache,
            BatchAging = settings.BatchAging,
            QueueLength = settings.Slots * QueuedPerSlot,
        };
        var identity = Open(file, vision, settings);
        try
        {
            var logger = loggers.CreateLogger<LlamaGenerator>();
            var runtime = LlamaRuntime.Start(logger, settings.CpuLibrary);
            Fit(options, settings, file, vision, runtime, logger);
            var visionDevice = Gpus(options, runtime).FirstOrDefault()?.Name;
            var threads = Threads(settings, vision is not null && visionDevice is null, logger);
            options.Threads = threads.Decode;
            var images = vision is null ? null : new GemmaImageEncoder(VisionTower.Load(runtime, vision, Math.Max(1, threads.Vision), visionDevice));
            return await LoadAsync(options, identity, logger, images).ConfigureAwait(false);
        }
        catch (Exception failed)
        {
            await identity.DisposeAsync().ConfigureAwait(false);
            if (failed is EngineUnavailableException or LlamaException or ValidationException or ArgumentException)
                throw new CommandRefusedException($"inference: {failed.Message.ReplaceLineEndings(" ")}");

            throw;
        }
    }

    private static ThreadShare Threads(InferenceSettings settings, bool towerOnProcessor, ILogger logger)
    {
        if (settings.Threads > ThreadShare.Most)
            LogThreads(logger, settings.Name, settings.Threads, ThreadShare.Most);

        return ThreadShare.Of(settings.Threads == 0 ? null : settings.Threads, towerOnProcessor, ThreadShare.Most);
    }

    private static ModelIdentity Open(TextModelFile file, VisionFile? vision, InferenceSettings settings)
    {
        try
        {
            return ModelIdentity.Open(file, vision, settings.Adapters);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"inference: {unreadable.Message}");
        }
    }

    private static async Task<LoadedModel> LoadAsync(LlamaGeneratorOptions options, ModelIdentity identity, ILogger logger, GemmaImageEncoder? images)
    {
        try
        {
            var generator = await LlamaGenerator.LoadAsync(options, logger, TimeProvider.System, images).ConfigureAwait(false);
            return new LoadedModel(generator, identity, generator.Watch, generator.Completion, UnloadAsync);

            async ValueTask UnloadAsync()
            {
                await identity.DisposeAsync().ConfigureAwait(false);
                await generator.DisposeAsync().ConfigureAwait(false);
                images?.Dispose();
            }
        }
        catch
        {
            images?.Dispose();
            throw;
        }
    }

    /// <summary>Gives the cache the room there is. What does not fit is refused: the system would end it in the middle of its work, with all that ran.</summary>
    private static void Fit(LlamaGeneratorOptions options, InferenceSettings settings, TextModelFile file, VisionFile? vision, LlamaRuntime runtime, ILogger logger)
    {
        long[] gpus = [.. Gpus(options, runtime).Select(gpu => gpu.Memory().Free)];
        var demand = new CacheDemand(settings.ContextLength, settings.Slots)
        {
            MicroBatch = settings.TokensPerStep, Window = settings.Window, Quantized = settings.QuantizedCache, MostCheckpointBytes = settings.CheckpointBytes,
        };
        if (CacheFit.Find(file, vision, demand, gpus, MachineMemory.Read(), out var refusal) is not { } fit)
            throw new CommandRefusedException($"inference: {refusal!.Message}");

        if (fit.ContextLength < options.ContextLength)
            LogTrained(logger, options.Name, fit.ContextLength, options.ContextLength);
        if (fit.Requests < options.Sequences)
            LogShared(logger, options.Name, fit.Cells, fit.Requests, fit.ContextLength, options.Sequences);
        (options.ContextLength, options.Cells, options.FullWindow, options.CheckpointBytes) = (fit.ContextLength, fit.Cells, fit.FullWindow, fit.CheckpointBytes);
    }

    private static IEnumerable<LlamaDevice> Gpus(LlamaGeneratorOptions options, LlamaRuntime runtime) =>
        runtime.Devices.Where(device => device.Kind == LlamaDeviceKind.Gpu && options.Model.Devices?.Contains(device.Name) != false);

    /// <summary>The engine's names of the devices that the configuration names.</summary>
    private static string[]? Devices(string devices) => devices switch
    {
        "auto" => null,
        "cpu" => [],
        _ => [.. devices["cuda:".Length..].Split('+').Select(number => "CUDA" + int.Parse(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture))],
    };

    [LoggerMessage(LogLevel.Warning, "{Threads} threads are configured for {Model}, but one core stays free for the rest of the process: {Most} compute")]
    private static partial void LogThreads(ILogger logger, string model, int threads, int most);

    [LoggerMessage(LogLevel.Warning, "{Model} was trained on {ContextLength} tokens: longer requests are refused, although {Configured} are configured")]
    private static partial void LogTrained(ILogger logger, string model, int contextLength, int configured);

    [LoggerMessage(LogLevel.Warning, "The memory holds {Cells} tokens for {Model}, {Requests} whole requests of {ContextLength}: its {Slots} slots share them, and a request waits where they are full")]
    private static partial void LogShared(ILogger logger, string model, int cells, int requests, int contextLength, int slots);
}
