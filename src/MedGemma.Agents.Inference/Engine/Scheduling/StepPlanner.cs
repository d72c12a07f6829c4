using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>
/// Fills the batch of a step: one token of each sequence that writes, then as much of the prompts as the budget leaves. A batch holds sequences of one adapter, or one image:
/// adapters take turns, and so do images and text, and sequences that write where few at once are faster. Owned by the decode thread.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="tokensPerStep">Most tokens of text.</param>
/// <param name="stopToPublish">Whether a step must end where something is to be kept; otherwise only where others wait for that.</param>
/// <param name="embeddingLength">Numbers in an embedding.</param>
/// <param name="widths">How many sequences a step that only writes should hold.</param>
internal sealed class StepPlanner(LlamaBatch batch, int tokensPerStep, bool stopToPublish, int embeddingLength, WritingWidths widths)
{
    private readonly List<GenerationSequence> _group = [];
    private readonly List<GenerationSequence> _reading = [];
    private readonly List<StepPart> _parts = [];
    private bool _imageBefore;
    private long _step;

    /// <summary>The adapter of the last step; null for none.</summary>
    public string? Adapter { get; private set; }

    /// <summary>Plans the next step.</summary>
    /// <param name="running">The running sequences, oldest first.</param>
    /// <returns>Its parts; valid until the next call.</returns>
    public IReadOnlyList<StepPart> Plan(List<GenerationSequence> running)
    {
        Adapter = NextAdapter(running);
        Group(running);
        batch.Clear();
        _parts.Clear();
        var imageNext = _group.Find(sequence => ImageNext(sequence) is not null);
        if (imageNext is not null && (!_imageBefore || _group.TrueForAll(sequence => ImageNext(sequence) is not null)))
        {
            _imageBefore = true;
            _parts.Add(Image(imageNext, ImageNext(imageNext)!));
            return _parts;
        }

        _imageBefore = false;
        _step++;
        foreach (var sequence in Writing())
        {
            sequence.WroteAt = _step;
            _parts.Add(Text(sequence, 1));
        }

        foreach (var sequence in _reading)
        {
            var count = ImageNext(sequence) is not null ? 0 : Math.Min(TextPending(sequence), tokensPerStep - batch.Count);
            if (count > 0)
                _parts.Add(Text(sequence, count));
        }

        return _parts;
    }

    private string? NextAdapter(List<GenerationSequence> running)
    {
        if (running.TrueForAll(sequence => sequence.Request.Adapter is null))
            return null;

        var adapters = running.Select(sequence => sequence.Request.Adapter).Distinct().ToList();
        return adapters[(adapters.IndexOf(Adapter) + 1) % adapters.Count];
    }

    // Those of the step's adapter, and those of them that read, in the order in which they may.
    private void Group(List<GenerationSequence> running)
    {
        _group.Clear();
        _reading.Clear();
        foreach (var sequence in running)
        {
            if (sequence.Request.Adapter != Adapter)
                continue;

            _group.Add(sequence);
            if (!sequence.IsWriting)
                _reading.Add(sequence);
        }

        _reading.Sort(static (left, right) => (left.Request.Priority == GenerationPriority.Batch, left.Order).CompareTo((right.Request.Priority == GenerationPriority.Batch, right.Order)));
    }

    // All, or those whose last turn was longest ago.
    private IEnumerable<GenerationSequence> Writing()
    {
        var best = _reading.Count == 0 ? widths.Best(_group.Count) : int.MaxValue;
        return best < _group.Count ? _group.OrderBy(sequence => sequence.WroteAt).Take(best) : _group.Where(sequence => sequence.IsWriting);
    }

    private static PromptImage? ImageNext(GenerationSequence sequence) =>
        sequence.Prompt.Images.Count == 0 || sequence.Pending == 0 ? null : sequence.Prompt.ImageAt(sequence.Computed);

    private int TextPending(GenerationSequence sequence)
    {
        var end = sequence.Length;
        if (sequence.Prompt.Images.Count > 0)
            end = sequence.Prompt.Images.FirstOrDefault(image => image.Start >= sequence.Computed)?.Start ?? end;
        if ((stopToPublish ? sequence.NextPublish : sequence.AwaitedAt) is { } stop && stop < end)
            end = stop;

        return end - sequence.Computed;
    }

    private StepPart Text(GenerationSequence sequence, int count)
    {
        var reachesEnd = sequence.Computed + count == sequence.Length;
        var last = 0;
        for (var position = sequence.Computed; position < sequence.Computed + count; position++)
            last = batch.Add(sequence.Token(position), position, sequence.Slot, output: reachesEnd && position == sequence.Length - 1);

        return new StepPart(sequence, count, reachesEnd ? last : null);
    }

    private StepPart Image(GenerationSequence sequence, PromptImage image)
    {
        for (var i = 0; i < image.Length; i++)
            batch.Add(image.Embeddings.Span.Slice(i * embeddingLength, embeddingLength), image.Start + i, sequence.Slot, output: false);

        return new StepPart(sequence, image.Length, null);
    }
}
