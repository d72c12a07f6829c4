using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>Limits of note extraction.</summary>
public sealed record NoteExtractorOptions
{
    /// <summary>Findings that are taken of one reading.</summary>
    /// <value>1 to 100; 24 by default.</value>
    [Range(1, 100)]
    public int MostFindings { get; init; } = 24;
}
