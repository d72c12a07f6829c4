using System.Collections.Concurrent;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>
/// Computes all sequences of one context, step after step, on the thread that calls <see cref="Run"/>: sequences join and leave between any two steps.
/// </summary>
internal sealed partial class DecodeLoop(
    LlamaContext context, LlamaBatch batch, StepPlanner planner, EngineCells cells, Admission admission, AdapterSet adapters,
    EngineMetrics metrics, WatchedWork watch, TimeProvider timeProvider, ILogger logger)
{
    // A step takes tens of milliseconds, and what comes during it waits for its end: requests that come together are to start together.
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<GenerationSequence> _arrivals = new();
    private readonly object _gate = new();
    private readonly List<GenerationSequence> _running = [];
    private readonly List<GenerationSequence> _ended = [];
    private string? _adapter;
    private bool _changed;
    private volatile bool _stopping;
    private volatile ModelLostException? _lost;

    /// <summary>Adds a sequence. Safe on any thread.</summary>
    /// <exception cref="ModelLostException">The loop has ended.</exception>
    public void Add(GenerationSequence sequence)
    {
        _arrivals.Enqueue(sequence);
        Wake();
        if (_lost is { } lost)
            EndAll(lost);
    }

    /// <summary>Lets the loop look at what has changed, when it sleeps. Safe on any thread.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _changed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Ends the loop, and with it the step under way. Safe on any thread.</summary>
    public void Stop()
    {
        _stopping = true;
        context.Abort();
        Wake();
    }

    /// <summary>Runs until <see cref="Stop"/>, or until the engine fails.</summary>
    public void Run()
    {
        var lost = new ModelLostException("The engine was stopped.");
        try
        {
            while (!_stopping)
            {
                while (_arrivals.TryDequeue(out var sequence))
                    admission.Waiting.Add(sequence);

                DropEnded();
                admission.Admit(_running);
                if (_running.Count > 0)
                    Step();
                else if (admission.Waiting.Count == 0)
                    Sleep();
                else
                    throw new InvalidOperationException("Nothing runs, and nothing of what waits can.");
            }
        }
#pragma warning disable CA1031 // Whatever has happened, nobody may be left waiting; the failure is logged and given to all.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failed(logger, exception);
            lost = new ModelLostException("The engine has failed.", exception);
        }

        _lost = lost;
        foreach (var sequence in _running.Concat(admission.Waiting.InOrder()))
        {
            Measure(sequence, sequence.IsCancelled ? null : InferenceTelemetry.ErrorOf(lost));
            sequence.End(lost);
        }

        EndAll(lost);
    }

    private void Sleep()
    {
        lock (_gate)
        {
            while (!_changed)
                Monitor.Wait(_gate);

            // Until nobody else has come for a moment, or all slots are taken.
            while (!_stopping && _arrivals.Count < cells.Slots && Monitor.Wait(_gate, s_gathering))
            {
            }

            _changed = false;
        }
    }

    private void EndAll(ModelLostException lost)
    {
        while (_arrivals.TryDequeue(out var sequence))
            sequence.End(lost);
    }

    private void DropEnded()
    {
        var now = timeProvider.GetUtcNow();
        DropEnded(_running, now);
        DropEnded(admission.Waiting.All, now);
    }

    private void DropEnded(IReadOnlyList<GenerationSequence> sequences, DateTimeOffset now)
    {
        // From the end: those that have ended leave the list.
        for (var i = sequences.Count - 1; i >= 0; i--)
        {
            var sequence = sequences[i];
            if (!sequence.IsCancelled && !(sequence.Request.Deadline <= now))
                continue;

            Finish(sequence, sequence.IsCancelled ? null : GenerationEnd.Deadline);
            Release(sequence);
        }
    }

    private void Step()
    {
        var parts = planner.Plan(_running);
        if (!cells.MakeRoom(batch.Count))
        {
            if (_running.Count == 1)
                throw new InvalidOperationException("One sequence alone does not fit into the cache.");

            admission.GiveWay(_running);
            return;
        }

        watch.Begin(batch.Count);
        try
        {
            Compute(parts);
        }
        finally
        {
            watch.End();
        }
    }

    private void Compute(IReadOnlyList<StepPart> parts)
    {
        SetAdapter(planner.Adapter);
        var images = batch.HoldsEmbeddings;
        if (images)
            context.SetCausalAttention(false);
        var status = context.Decode(batch);
        if (images)
            context.SetCausalAttention(true);

        metrics.Step(parts.Count, batch.Count, cells.Own, cells.Kept);
        if (status == DecodeStatus.NoRoom)
            FreeCells();
        if (status != DecodeStatus.Done)
            return;

        // Tokens go out before anything is kept: whoever waits for one waits for nothing else.
        foreach (var part in parts)
            cells.Advance(part.Sequence, part.Count);
        foreach (var part in parts)
        {
            if (part.OutputAt is { } place && !Write(part.Sequence, context.Logits(place)))
                _ended.Add(part.Sequence);
        }

        foreach (var part in parts)
            cells.KeepReached(part.Sequence);
        foreach (var sequence in _ended)
            Release(sequence);

        _ended.Clear();
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            if (!cells.OwnWindow(_running[i]))
                admission.GiveWay(_running, _running[i], keep: 0);
        }
    }

    // Rounding within the engine's cache may leave it less room than was counted.
    private void FreeCells()
    {
        if (cells.ForgetOne())
            return;
        if (_running.Count == 1)
            throw new InvalidOperationException("The engine has no room for one sequence alone.");

        admission.GiveWay(_running);
    }

    private void SetAdapter(string? name)
    {
        if (name == _adapter)
            return;

        context.SetAdapter(name is null ? null : adapters[name]);
        _adapter = name;
    }

    // Whether the sequence goes on.
    private bool Write(GenerationSequence sequence, Span<float> logits)
    {
        if (sequence.Chooser.Written == 0)
            sequence.Give(new GenerationEvent.Started(sequence.Prompt.Tokens.Length, sequence.CachedTokens));

        var (token, end) = sequence.Chooser.Next(logits);
        if (sequence.FirstTokenAt is null)
        {
            sequence.FirstTokenAt = timeProvider.GetTimestamp();
            metrics.FirstToken(timeProvider.GetElapsedTime(sequence.Arrived));
        }

        if (token is not null)
        {
            sequence.Append(token.Id);
            sequence.Give(token);
        }

        if (end is null)
            return true;

        Finish(sequence, end);
        return false;
    }

    private void Finish(GenerationSequence sequence, GenerationEnd? end)
    {
        if (end is { } reason)
        {
            if (sequence.FirstTokenAt is null)
                sequence.Give(new GenerationEvent.Started(sequence.Prompt.Tokens.Length, sequence.CachedTokens));

            sequence.Give(new GenerationEvent.Finished(reason) { NearTies = sequence.Chooser.NearTies });
        }

        admission.LeftQueue(sequence);
        Measure(sequence, end switch
        {
            GenerationEnd.Deadline => InferenceTelemetry.Timeout,
            GenerationEnd.DeadEnd => typeof(ModelFailedException).FullName,
            _ => null,
        });
        sequence.End();
    }

    private void Measure(GenerationSequence sequence, string? error) => metrics.Finished(
        timeProvider.GetElapsedTime(sequence.Arrived), sequence.FirstTokenAt is { } first ? timeProvider.GetElapsedTime(first) : null,
        sequence.Prompt.Tokens.Length, sequence.Chooser.Written, sequence.IsAbandoned ? InferenceTelemetry.Abandoned : error);

    private void Release(GenerationSequence sequence)
    {
        if (sequence.Slot == GenerationSequence.NoSlot)
            admission.Waiting.Remove(sequence);
        else
            cells.Leave(sequence, sequence.Keepable);

        _running.Remove(sequence);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The engine has failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
