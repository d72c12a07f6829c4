namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>What an extractor made of passages; closed.</summary>
public abstract record NoteExtraction
{
    private NoteExtraction()
    {
    }

    /// <summary>The reply was of the schema.</summary>
    /// <param name="Findings">Findings, unchecked.</param>
    public sealed record Extracted(IReadOnlyList<ExtractedFinding> Findings) : NoteExtraction;

    /// <summary>There is no reply that could be read.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Failed(NoteExtractionProblem Problem) : NoteExtraction;
}
