namespace MedGemma.Agents.Records.Status;

/// <summary>Whether a resource counts, decided by the status table.</summary>
public enum Standing
{
    /// <summary>Counts as it is.</summary>
    Counts,
    /// <summary>Counts, and a label must be said with it.</summary>
    CountsWithLabel,
    /// <summary>Never counts: entered in error, not done, refuted.</summary>
    NeverCounts,
}
