using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>
/// Ranks passages by the cosine of their embedding with the topic's. Where the embeddings cannot be had in time it finds nothing and says so. Safe for concurrent use when the
/// generator is.
/// </summary>
/// <param name="embeddings">Makes embeddings; on the hospital's own machines.</param>
/// <param name="options">How long it is waited for, and what counts as being about a topic.</param>
/// <param name="clock">The clock of the wait.</param>
/// <param name="logger">Where it is told that there were no embeddings.</param>
public sealed partial class EmbeddingNoteRetriever(
    IEmbeddingGenerator<string, Embedding<float>> embeddings, EmbeddingRetrievalOptions options, TimeProvider clock, ILogger<EmbeddingNoteRetriever> logger) : INoteRetriever
{
    /// <inheritdoc/>
    public async Task<NoteRanking> RankAsync(IReadOnlyList<NoteChunk> chunks, string topic, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(topic);
        if (chunks.Count == 0)
            return new NoteRanking([]);

        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var made = await embeddings.GenerateAsync([topic, .. chunks.Select(chunk => chunk.Text)], cancellationToken: stop.Token).ConfigureAwait(false);
            if (made.Count != chunks.Count + 1 || made.Any(embedding => embedding.Vector.Length != made[0].Vector.Length))
                throw new InvalidOperationException($"The embedding generator made {made.Count} embeddings of {chunks.Count + 1} texts, or of several lengths.");

            return new NoteRanking(
            [
                .. chunks.Select((chunk, index) => (Chunk: chunk, Cosine: TensorPrimitives.CosineSimilarity(made[0].Vector.Span, made[index + 1].Vector.Span)))
                    .Where(item => item.Cosine >= options.LeastCosine)
                    .OrderByDescending(item => item.Cosine)
                    .Take(most)
                    .Select(item => item.Chunk),
            ]);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a client throws, there are no embeddings; its words may quote the notes.
            LogUnavailable(failure.GetType().Name, chunks.Count);
            return new NoteRanking([], IsWhole: false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No embeddings of {Passages} passages of notes ({Failure}): they are looked for by their words only")]
    private partial void LogUnavailable(string failure, int passages);
}
