namespace MedGemma.Agents.Planning.Builtin;

/// <summary>What "how many prescriptions" counts first; the other count is always said beside it.</summary>
public enum PrescriptionCounting
{
    /// <summary>Orders.</summary>
    Orders,

    /// <summary>Distinct medications.</summary>
    DistinctMedications,
}
