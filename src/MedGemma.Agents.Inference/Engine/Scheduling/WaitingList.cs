using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>Sequences that wait to run: interactive ones first, and batch ones that have waited long; then in the order in which they came.</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="aging">A batch sequence that has waited so long, here and before it came, counts as interactive.</param>
internal sealed class WaitingList(TimeProvider timeProvider, TimeSpan aging)
{
    private readonly List<GenerationSequence> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>All that wait, in no order.</summary>
    public IReadOnlyList<GenerationSequence> All => _waiting;

    public void Add(GenerationSequence sequence)
    {
        sequence.WaitingSince = sequence.HasRun ? timeProvider.GetTimestamp() : sequence.Arrived;
        _waiting.Add(sequence);
    }

    public void Remove(GenerationSequence sequence)
    {
        sequence.Waited = Waited(sequence);
        _waiting.Remove(sequence);
    }

    /// <summary>All that wait, the next one first.</summary>
    public IReadOnlyList<GenerationSequence> InOrder() => [.. _waiting.OrderBy(sequence => IsUrgent(sequence) ? 0 : 1).ThenBy(sequence => sequence.Order)];

    /// <summary>Whether it goes before batch sequences, also once it runs; the time in which it ran does not count.</summary>
    public bool IsUrgent(GenerationSequence sequence) => sequence.Request.Priority == GenerationPriority.Interactive || Waited(sequence) >= aging;

    private TimeSpan Waited(GenerationSequence sequence) =>
        sequence.Slot == GenerationSequence.NoSlot ? sequence.Waited + timeProvider.GetElapsedTime(sequence.WaitingSince) : sequence.Waited;
}
