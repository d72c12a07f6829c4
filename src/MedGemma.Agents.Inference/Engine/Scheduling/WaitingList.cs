using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>Sequences that wait to run: interactive ones first, and batch ones that have waited long; then in the order in which they came.</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="aging">After so long a batch sequence counts as interactive.</param>
internal sealed class WaitingList(TimeProvider timeProvider, TimeSpan aging)
{
    private readonly List<GenerationSequence> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>All that wait, in no order.</summary>
    public IReadOnlyList<GenerationSequence> All => _waiting;

    public void Add(GenerationSequence sequence) => _waiting.Add(sequence);

    public void Remove(GenerationSequence sequence) => _waiting.Remove(sequence);

    /// <summary>All that wait, the next one first.</summary>
    public IReadOnlyList<GenerationSequence> InOrder() => [.. _waiting.OrderBy(sequence => IsUrgent(sequence) ? 0 : 1).ThenBy(sequence => sequence.Order)];

    /// <summary>Whether it goes before batch sequences.</summary>
    public bool IsUrgent(GenerationSequence sequence) =>
        sequence.Request.Priority == GenerationPriority.Interactive || timeProvider.GetElapsedTime(sequence.Arrived) >= aging;
}
