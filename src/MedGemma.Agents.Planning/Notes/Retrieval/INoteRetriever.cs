namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>Puts the passages of notes in the order in which they are about a topic. Safe for concurrent use.</summary>
public interface INoteRetriever
{
    /// <summary>The passages that are about the topic, best first.</summary>
    /// <param name="chunks">The passages, all of one patient.</param>
    /// <param name="topic">What is looked for, in the words of the question.</param>
    /// <param name="most">Most passages to return.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    Task<NoteRanking> RankAsync(IReadOnlyList<NoteChunk> chunks, string topic, int most, CancellationToken cancellationToken);
}
