namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>What is asked of a change of dose.</summary>
internal enum DoseChangeForm
{
    /// <summary>Whether there was one.</summary>
    Whether,

    /// <summary>When it was.</summary>
    When,

    /// <summary>The dose before it.</summary>
    Before,

    /// <summary>Every dose in order.</summary>
    All,
}
