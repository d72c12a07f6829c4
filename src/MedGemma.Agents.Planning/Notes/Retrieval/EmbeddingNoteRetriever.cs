using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>Ranks passages by the cosine of their embedding with the topic's. Safe for concurrent use when the generator is.</summary>
/// <param name="embeddings">Makes embeddings; on the hospital's own machines.</param>
/// <param name="least">Least cosine of a passage that is about the topic, -1 to 1.</param>
public sealed class EmbeddingNoteRetriever(IEmbeddingGenerator<string, Embedding<float>> embeddings, double least = 0.3) : INoteRetriever
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<NoteChunk>> RankAsync(IReadOnlyList<NoteChunk> chunks, string topic, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(topic);
        if (chunks.Count == 0)
            return [];

        var made = await embeddings.GenerateAsync([topic, .. chunks.Select(chunk => chunk.Text)], cancellationToken: cancellationToken).ConfigureAwait(false);
        if (made.Count != chunks.Count + 1)
            throw new InvalidOperationException($"The embedding generator made {made.Count} embeddings of {chunks.Count + 1} texts.");

        return [.. chunks.Select((chunk, index) => (Chunk: chunk, Cosine: TensorPrimitives.CosineSimilarity(made[0].Vector.Span, made[index + 1].Vector.Span)))
            .Where(item => item.Cosine >= least)
            .OrderByDescending(item => item.Cosine)
            .Take(most)
            .Select(item => item.Chunk)];
    }
}
