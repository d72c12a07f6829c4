namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>What a fact of the simulation is about.</summary>
internal enum FactKind
{
    Measurement,
    Order,
    Dispense,
    Administration,
    Condition,
    Procedure,
    Admission,
    Emergency,
    IntensiveCare,
    Immunization,
    Allergy,
    Culture,
    Susceptibility,
    Isolation,
    CodeStatus,
    Device,
    Appointment,
    PendingOrder,
    FamilyHistory,
    Imaging,
    Note,
    CareTeam,
    Goal,
}
