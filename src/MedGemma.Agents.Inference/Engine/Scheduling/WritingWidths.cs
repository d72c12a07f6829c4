using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>
/// How many of the sequences that write a step should hold. More at once cost less a token as a rule, but not always: llama.cpp multiplies few columns of 8-bit weights on a
/// processor so slowly that two sequences together take longer than one after the other, by more than twice. What a step takes here is measured when the model is loaded.
/// </summary>
internal sealed class WritingWidths
{
    /// <summary>Wider steps are always whole.</summary>
    public const int Widest = 8;

    private const int Repetitions = 2;

    // Batches are what an engine is built for: they are taken apart for a clear gain only.
    private const double ClearGain = 0.9;

    // A model that takes longer for one token is not kept from its first request for this.
    private static readonly TimeSpan s_mostForOne = TimeSpan.FromMilliseconds(100);

    private readonly int[] _best;

    /// <summary>Judges by what steps take.</summary>
    /// <param name="costs">Time of a step of one sequence, of two, and so on; none when every step is to be whole.</param>
    public WritingWidths(IReadOnlyList<TimeSpan> costs)
    {
        _best = new int[costs.Count + 1];
        for (var writers = 1; writers <= costs.Count; writers++)
        {
            var most = Enumerable.Range(1, writers).MinBy(Each);
            _best[writers] = Each(most) < ClearGain * Each(writers) ? most : writers;
        }

        double Each(int width) => costs[width - 1] / TimeSpan.FromTicks(1) / width;
    }

    /// <summary>How many of so many sequences that write the next step should hold.</summary>
    public int Best(int writers) => writers < _best.Length ? _best[writers] : writers;

    /// <summary>Measures a context, and leaves it empty.</summary>
    /// <param name="context">The context; nothing is in its cache.</param>
    /// <param name="batch">A batch for it.</param>
    /// <param name="sequences">Sequences that may run at the same time.</param>
    /// <param name="timeProvider">The clock.</param>
    public static WritingWidths Measure(LlamaContext context, LlamaBatch batch, int sequences, TimeProvider timeProvider)
    {
        // The first step reads the weights from the disk.
        Step(1);
        var one = Step(1);
        return new WritingWidths(one > s_mostForOne ? [] : [.. Enumerable.Range(1, Math.Min(sequences, Widest)).Select(width => Enumerable.Range(0, Repetitions).Min(_ => Step(width)))]);

        TimeSpan Step(int width)
        {
            batch.Clear();
            for (var sequence = 0; sequence < width; sequence++)
                batch.Add(token: 0, position: 0, sequence, output: true);

            var started = timeProvider.GetTimestamp();
            if (context.Decode(batch) != DecodeStatus.Done)
                throw new InvalidOperationException("The engine computes nothing.");

            var taken = timeProvider.GetElapsedTime(started);
            context.Memory.Clear();
            batch.Clear();
            return taken;
        }
    }
}
