namespace MedGemma.Agents.Records.Queries;

/// <summary>What resources are grouped by.</summary>
public enum GroupKey
{
    /// <summary>Whole days by the clock that wrote the time, else in the zone of the question.</summary>
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
