namespace MedGemma.Agents.Planning.Builtin.Reading.People;

/// <summary>What is asked of relatives beyond their diseases.</summary>
internal enum FamilyAsk
{
    /// <summary>Nothing: which diseases they had, or who had one.</summary>
    Diseases = 0,
    /// <summary>At what age a disease began.</summary>
    OnsetAge,
    /// <summary>Whether or when one died.</summary>
    Death,
    /// <summary>At what age one died.</summary>
    AgeAtDeath,
    /// <summary>What one died of.</summary>
    CauseOfDeath,
}
