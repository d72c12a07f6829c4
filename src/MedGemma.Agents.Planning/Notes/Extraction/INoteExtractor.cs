namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>Extracts findings from passages in a step without tools. What it returns is checked by whoever calls it. Safe for concurrent use.</summary>
public interface INoteExtractor
{
    /// <summary>Extracts.</summary>
    /// <param name="topic">What is looked for.</param>
    /// <param name="passages">The passages.</param>
    /// <param name="cancellationToken">Cancels the step.</param>
    Task<NoteExtraction> ExtractAsync(string topic, IReadOnlyList<NoteChunk> passages, CancellationToken cancellationToken);
}
