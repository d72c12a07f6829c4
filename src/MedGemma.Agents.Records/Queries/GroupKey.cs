namespace MedGemma.Agents.Records.Queries;

/// <summary>What resources are grouped by.</summary>
public enum GroupKey
{
    /// <summary>Whole days in the record's time zone.</summary>
    Day,
    /// <summary>Whole months.</summary>
    Month,
    /// <summary>Whole years.</summary>
    Year,
    /// <summary>The encounter.</summary>
    Encounter,
    /// <summary>The concept.</summary>
    Concept,
}
