using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prefixes;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Engine.Scheduling;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>The thread that loads a model, computes with it until it is stopped, and frees it.</summary>
internal sealed partial class EngineThread
{
    // What the engine's cache can tell apart (LLAMA_MAX_SEQ).
    private const int MostSequences = 256;

    private readonly LlamaGeneratorOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly WatchedImageEncoder? _images;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DecodeLoop? _loop;
    private Admission? _admission;
    private RequestReader? _reader;
    private EngineMetrics? _metrics;
    private GeneratorInfo? _info;

    public EngineThread(LlamaGeneratorOptions options, ILogger logger, TimeProvider timeProvider, IImageEncoder? images)
    {
        (_options, _logger, _timeProvider, Watch) = (options, logger, timeProvider, new EngineWatch(timeProvider));
        _images = images is null ? null : new WatchedImageEncoder(images, Watch);
        new Thread(Run) { Name = "medgemma-decode", IsBackground = true }.Start();
    }

    /// <summary>Ends when the model is loaded, or fails when it cannot be.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Ends when everything is freed.</summary>
    public Task Completion => _completion.Task;

    /// <summary>What it is at.</summary>
    public EngineWatch Watch { get; }

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
#pragma warning disable CA1031 // Whatever stands in the way of loading belongs to whoever asked for it; what comes later nobody awaits, and it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_loaded.TrySetException(exception))
                LogEnded(_logger, exception);
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

        using var adapters = AdapterSet.Load(model, _options.Adapters);
        var batchSize = Math.Max(_options.TokensPerStep, _images?.TokensPerImage ?? 0);
        using var context = LlamaContext.Create(model, ContextOptions(batchSize));
        using var batch = new LlamaBatch(batchSize, model.EmbeddingLength);
        var widths = WritingWidths.Measure(context, batch, _options.Sequences, _timeProvider);
        using var metrics = new EngineMetrics(_options.Name);
        using var grammars = new GrammarStore(model.Vocabulary);
        var table = new TokenTable(model.Vocabulary);
        var cells = new EngineCells(context, _options, Prefixes(model, context, batch));
        var admission = new Admission(cells, new WaitingList(_timeProvider, _options.BatchAging), metrics, _timeProvider, _options.ShortestPrefix, _options.FullWindow);
        var planner = new StepPlanner(batch, _options.TokensPerStep, stopToPublish: !_options.FullWindow, model.EmbeddingLength, widths);
        var loop = new DecodeLoop(context, batch, planner, cells, admission, adapters, metrics, Watch.Steps, _timeProvider, _logger);
        _info = new GeneratorInfo(_options.Name, _options.ContextLength) { Images = _images is not null, Thinking = _options.Thinking, Adapters = [.. adapters.Names] };
        (_loop, _admission, _metrics) = (loop, admission, metrics);
        _reader = new RequestReader(_info, table, new PromptTokenizer(model.Vocabulary, table, _images), grammars, _options.TieMargin);
        _loaded.SetResult();
        loop.Run();
    }

    private LlamaContextOptions ContextOptions(int batchSize) => new()
    {
        Cells = _options.Cells ?? _options.ContextLength,
        BatchSize = batchSize,
        MicroBatchSize = batchSize,

        // Holders of prefixes have one token of window each; the room of one sequence more is theirs.
        Sequences = _options.FullWindow ? _options.Sequences : _options.Sequences + 1,
        Threads = Threads(),
        FullWindow = _options.FullWindow,
        QuantizedCache = _options.QuantizedCache,
    };

    private int Threads()
    {
        if (_options.Threads > ThreadShare.Most)
            LogThreads(_logger, _options.Threads.Value, ThreadShare.Most);

        return ThreadShare.Of(_options.Threads, towerOnProcessor: false, ThreadShare.Most).Decode;
    }

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

    [LoggerMessage(LogLevel.Critical, "The engine has ended with a failure outside its steps")]
    private static partial void LogEnded(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Asked} threads are asked for, but one core stays free for the rest of the process: {Threads} compute")]
    private static partial void LogThreads(ILogger logger, int asked, int threads);
}
