using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>
/// Fills the batch of a step: one token of each sequence that writes, then as much of the prompts as the budget leaves. A batch holds sequences of one adapter, or one image:
/// adapters take turns, and so do images and text. Owned by the decode thread.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="tokensPerStep">Most tokens of text.</param>
/// <param name="stopToPublish">Whether a step must end where something is to be kept.</param>
/// <param name="embeddingLength">Numbers in an embedding.</param>
internal sealed class StepPlanner(LlamaBatch batch, int tokensPerStep, bool stopToPublish, int embeddingLength)
{
    private bool _imageBefore;

    /// <summary>The adapter of the last step; null for none.</summary>
    public string? Adapter { get; private set; }

    /// <summary>Plans the next step.</summary>
    /// <param name="running">The running sequences, oldest first.</param>
    public IReadOnlyList<StepPart> Plan(IReadOnlyList<GenerationSequence> running)
    {
        Adapter = NextAdapter(running);
        List<GenerationSequence> group = [.. running.Where(sequence => sequence.Request.Adapter == Adapter)];
        batch.Clear();
        var imageNext = group.Find(sequence => ImageNext(sequence) is not null);
        if (imageNext is not null && (!_imageBefore || group.TrueForAll(sequence => ImageNext(sequence) is not null)))
        {
            _imageBefore = true;
            return [Image(imageNext, ImageNext(imageNext)!)];
        }

        _imageBefore = false;
        var parts = new List<StepPart>();
        foreach (var sequence in group)
        {
            if (sequence.IsWriting)
                parts.Add(Text(sequence, 1));
        }

        foreach (var sequence in group.OrderBy(sequence => sequence.Request.Priority == GenerationPriority.Batch).ThenBy(sequence => sequence.Order))
        {
            var count = sequence.IsWriting || ImageNext(sequence) is not null ? 0 : Math.Min(TextPending(sequence), tokensPerStep - batch.Count);
            if (count > 0)
                parts.Add(Text(sequence, count));
        }

        return parts;
    }

    private string? NextAdapter(IReadOnlyList<GenerationSequence> running)
    {
        var adapters = running.Select(sequence => sequence.Request.Adapter).Distinct().ToList();
        return adapters[(adapters.IndexOf(Adapter) + 1) % adapters.Count];
    }

    private static PromptImage? ImageNext(GenerationSequence sequence) =>
        sequence.Prompt.Images.Count == 0 || sequence.Pending == 0 ? null : sequence.Prompt.ImageAt(sequence.Computed);

    private int TextPending(GenerationSequence sequence)
    {
        var end = sequence.Length;
        if (sequence.Prompt.Images.Count > 0)
            end = sequence.Prompt.Images.FirstOrDefault(image => image.Start >= sequence.Computed)?.Start ?? end;
        if (stopToPublish && sequence.NextPublish is { } stop && stop < end)
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
