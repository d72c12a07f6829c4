namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Whether a finding meets a condition.</summary>
internal enum Admission
{
    /// <summary>It does.</summary>
    Yes,

    /// <summary>It does not.</summary>
    No,

    /// <summary>The record does not hold what would decide it.</summary>
    Unknown,
}
