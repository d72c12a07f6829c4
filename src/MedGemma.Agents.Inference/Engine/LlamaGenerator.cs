using System.Runtime.CompilerServices;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Engine.Scheduling;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>
/// A model in this process, computed by llama.cpp: continuous batching, prefixes shared between requests, grammars, adapters. All native code runs on threads of its own:
/// one that decodes, and one or two that read prompts. Safe for concurrent calls. An assertion that fails in the engine ends the process.
/// </summary>
public sealed class LlamaGenerator : ITextGenerator, IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // A timer takes no more; no prompt is read for so long.
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(1);

    private readonly EngineThread _engine;
    private readonly LlamaGeneratorOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly PromptThread _texts = new("medgemma-prompts");
    private readonly PromptThread? _images;

    private LlamaGenerator(EngineThread engine, LlamaGeneratorOptions options, TimeProvider timeProvider, bool images)
    {
        _engine = engine;
        _options = options;
        _timeProvider = timeProvider;
        _images = images ? new PromptThread("medgemma-images") : null;
    }

    /// <inheritdoc/>
    public GeneratorInfo Info => _engine.Info;

    /// <summary>Ends when the engine has ended, by <see cref="DisposeAsync"/> or because it has failed; what was running has then been told.</summary>
    public Task Completion => _engine.Completion;

    /// <summary>What the engine is at.</summary>
    public EngineWatch Watch => _engine.Watch;

    /// <summary>Loads a model.</summary>
    /// <param name="options">The model and what it may take; validated.</param>
    /// <param name="logger">Takes the native engine's log and the engine's own.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="images">Reads images; null when the model sees none. Stays its owner's.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is out of its range.</exception>
    /// <exception cref="Llama.EngineUnavailableException">The native engine cannot run here.</exception>
    /// <exception cref="Llama.LlamaException">The native engine refuses a file or the sizes.</exception>
    public static async Task<LlamaGenerator> LoadAsync(LlamaGeneratorOptions options, ILogger logger, TimeProvider timeProvider, IImageEncoder? images = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        options.Validate();
        var engine = new EngineThread(options, logger, timeProvider, images);
        await engine.Loaded.ConfigureAwait(false);
        return new LlamaGenerator(engine, options, timeProvider, images is not null);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (await QueueAsync(request, cancellationToken).ConfigureAwait(false) is not { } sequence)
        {
            yield return new GenerationEvent.Finished(GenerationEnd.Deadline);
            yield break;
        }

        // At once, and not when the reader gets round to it: the step under way is the last.
        using var cancelling = cancellationToken.UnsafeRegister(static cancelled => ((GenerationSequence)cancelled!).Abandon(), sequence);
        try
        {
            await foreach (var step in sequence.Events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return step;

            // The engine may have ended it before this reader heard of the cancellation.
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            sequence.Cancel();
            _engine.Loop.Wake();
        }
    }

    /// <summary>Stops the engine. Sequences that run or wait end with a <see cref="ModelLostException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _texts.Dispose();
        _images?.Dispose();
        await Task.WhenAll(_texts.Ended, _images?.Ended ?? Task.CompletedTask).ConfigureAwait(false);
        _engine.Loop.Stop();
        await _engine.Completion.ConfigureAwait(false);
    }

    private CancellationTokenSource? Deadline(GenerationRequest request)
    {
        if (request.Deadline is not { } deadline)
            return null;

        var left = deadline - _timeProvider.GetUtcNow();
        if (left > TimeSpan.Zero)
            return new CancellationTokenSource(left < s_longestTimer ? left : s_longestTimer, _timeProvider);

        var passed = new CancellationTokenSource();
        passed.Cancel();
        return passed;
    }

    // Null when the deadline has passed before the prompt was read.
    private async Task<GenerationSequence?> QueueAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        var arrived = _timeProvider.GetTimestamp();
        if (_engine.Admission.Queue() > _options.QueueLength)
        {
            _engine.Admission.Unqueue();
            var busy = new ModelBusyException(RetryAfter);
            _engine.Metrics.Refused(_timeProvider.GetElapsedTime(arrived), InferenceTelemetry.ErrorOf(busy));
            throw busy;
        }

        using var deadline = Deadline(request);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline?.Token ?? CancellationToken.None);
        try
        {
            var thread = _images is not null && request.Prompt.Any(part => part is PromptPart.Image) ? _images : _texts;
            var sequence = await thread.Do(ended => _engine.Reader.Read(request, arrived, ended), request.Priority, ending.Token).ConfigureAwait(false);
            _engine.Loop.Add(sequence);
            return sequence;
        }
        catch (OperationCanceledException) when (deadline?.IsCancellationRequested == true && !cancellationToken.IsCancellationRequested)
        {
            _engine.Admission.Unqueue();
            _engine.Metrics.Refused(_timeProvider.GetElapsedTime(arrived), InferenceTelemetry.Timeout);
            return null;
        }
        catch (Exception refused)
        {
            _engine.Admission.Unqueue();
            _engine.Metrics.Refused(_timeProvider.GetElapsedTime(arrived), InferenceTelemetry.ErrorOf(refused));
            throw;
        }
    }
}
