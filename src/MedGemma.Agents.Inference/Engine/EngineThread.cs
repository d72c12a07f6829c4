using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prefixes;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Engine.Scheduling;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>The thread that loads a model, computes with it until it is stopped, and frees it.</summary>
internal sealed class EngineThread
{
    // What the engine's cache can tell apart (LLAMA_MAX_SEQ).
    private const int MostSequences = 256;

    private readonly LlamaGeneratorOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly IImageEncoder? _images;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DecodeLoop? _loop;
    private Admission? _admission;
    private RequestReader? _reader;
    private EngineMetrics? _metrics;
    private GeneratorInfo? _info;

    public EngineThread(LlamaGeneratorOptions options, ILogger logger, TimeProvider timeProvider, IImageEncoder? images)
    {
        (_options, _logger, _timeProvider, _images) = (options, logger, timeProvider, images);
        new Thread(Run) { Name = "medgemma-decode", IsBackground = true }.Start();
    }

    /// <summary>Ends when the model is loaded, or fails when it cannot be.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Ends when everything is freed.</summary>
    public Task Completion => _completion.Task;

    public DecodeLoop Loop => Ready(_loop);

    public Admission Admission => Ready(_admission);

    public RequestReader Reader => Ready(_reader);

    public EngineMetrics Metrics => Ready(_metrics);

    public GeneratorInfo Info => Ready(_info);

    private static T Ready<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("The model is not loaded.");

    private void Run()
    {
        try
        {
            using var model = LlamaModel.Load(LlamaRuntime.Start(_logger), _options.Files, _options.Model);
            Compute(model);
        }
#pragma warning disable CA1031 // Whatever stands in the way of loading belongs to whoever asked for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _loaded.TrySetException(exception);
        }
        finally
        {
            _completion.TrySetResult();
        }
    }

    private void Compute(LlamaModel model)
    {
        if (_options.ContextLength > model.TrainedContextLength)
        {
            throw new System.ComponentModel.DataAnnotations.ValidationException(
                $"{nameof(_options.ContextLength)} is {_options.ContextLength}, but the model was trained for {model.TrainedContextLength}.");
        }

        var adapters = _options.Adapters.ToDictionary(adapter => adapter.Key, adapter => LlamaAdapter.Load(model, adapter.Value), StringComparer.Ordinal);
        var batchSize = Math.Max(_options.TokensPerStep, _images?.TokensPerImage ?? 0);
        using var context = LlamaContext.Create(model, ContextOptions(batchSize));
        using var batch = new LlamaBatch(batchSize, model.EmbeddingLength);
        using var metrics = new EngineMetrics(_options.Name);
        using var grammars = new GrammarStore(model.Vocabulary);
        var table = new TokenTable(model.Vocabulary);
        var cells = new EngineCells(context, _options, Prefixes(model, context, batch));
        var admission = new Admission(cells, new WaitingList(_timeProvider, _options.BatchAging), metrics, _timeProvider, _options.ShortestPrefix, _options.FullWindow);
        var planner = new StepPlanner(batch, _options.TokensPerStep, stopToPublish: !_options.FullWindow, model.EmbeddingLength);
        var loop = new DecodeLoop(context, batch, planner, cells, admission, adapters, metrics, _timeProvider, _logger);
        _info = new GeneratorInfo(_options.Name, _options.ContextLength) { Images = _images is not null, Thinking = _options.Thinking, Adapters = [.. adapters.Keys] };
        (_loop, _admission, _metrics) = (loop, admission, metrics);
        _reader = new RequestReader(_info, table, new PromptTokenizer(model.Vocabulary, table, _images), grammars);
        _loaded.SetResult();
        loop.Run();
        foreach (var adapter in adapters.Values)
            adapter.Dispose();
    }

    private LlamaContextOptions ContextOptions(int batchSize) => new()
    {
        Cells = _options.Cells ?? _options.ContextLength,
        BatchSize = batchSize,
        MicroBatchSize = batchSize,

        // Holders of prefixes have one token of window each; the room of one sequence more is theirs.
        Sequences = _options.FullWindow ? _options.Sequences : _options.Sequences + 1,
        Threads = _options.Threads ?? Math.Max(1, Environment.ProcessorCount - 1),
        FullWindow = _options.FullWindow,
        QuantizedCache = _options.QuantizedCache,
    };

    private PrefixCache Prefixes(LlamaModel model, LlamaContext context, LlamaBatch batch)
    {
        var memory = context.Memory;
        var most = MostSequences - _options.Sequences;
        if (_options.FullWindow)
            return new PrefixCache(memory, new PrefixHolders(memory, _options.Sequences, most, sequencesEach: 2), model.SlidingWindow, null);

        batch.Clear();
        batch.Add(0, 0, 0, output: false);
        if (context.Decode(batch) != DecodeStatus.Done)
            throw new InvalidOperationException("The engine computes nothing.");

        var stub = memory.Save(0, windowOnly: true);
        memory.Remove(0);
        var holders = new PrefixHolders(memory, _options.Sequences, Math.Min(most, model.SlidingWindow - 1), sequencesEach: 1);
        return new PrefixCache(memory, holders, model.SlidingWindow, new WindowCopies(memory, model.SlidingWindow, _options.CheckpointBytes, stub));
    }
}
