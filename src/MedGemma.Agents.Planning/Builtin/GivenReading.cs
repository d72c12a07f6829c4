namespace MedGemma.Agents.Planning.Builtin;

/// <summary>What "was given" and "received" mean for a drug.</summary>
public enum GivenReading
{
    /// <summary>Administrations, and nothing else.</summary>
    Administrations,

    /// <summary>Bedside intake charted under that very name, otherwise orders.</summary>
    IntakeThenOrders,
}
