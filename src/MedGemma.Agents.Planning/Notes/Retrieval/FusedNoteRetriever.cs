namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>
/// Joins rankings by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009, doi:10.1145/1571941.1572114), which needs no common scale of scores.
/// Safe for concurrent use when its parts are.
/// </summary>
/// <param name="retrievers">The rankings to join.</param>
public sealed class FusedNoteRetriever(IReadOnlyList<INoteRetriever> retrievers) : INoteRetriever
{
    /// <summary>The constant of the paper: how much the first places count more than the later ones.</summary>
    private const double Smoothing = 60;

    /// <inheritdoc/>
    public async Task<NoteRanking> RankAsync(IReadOnlyList<NoteChunk> chunks, string topic, int most, CancellationToken cancellationToken)
    {
        var scores = new Dictionary<NoteChunk, double>(ReferenceEqualityComparer.Instance);
        var order = new List<NoteChunk>();
        var isWhole = true;
        foreach (var retriever in retrievers)
        {
            var (ranked, isRankedWhole) = await retriever.RankAsync(chunks, topic, most, cancellationToken).ConfigureAwait(false);
            isWhole &= isRankedWhole;
            for (var place = 0; place < ranked.Count; place++)
            {
                if (scores.TryAdd(ranked[place], 0))
                    order.Add(ranked[place]);
                scores[ranked[place]] += 1 / (Smoothing + place + 1);
            }
        }

        return new NoteRanking([.. order.OrderByDescending(chunk => scores[chunk]).Take(most)], isWhole);
    }
}
