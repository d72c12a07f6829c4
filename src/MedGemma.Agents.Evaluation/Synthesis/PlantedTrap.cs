namespace MedGemma.Agents.Evaluation.Synthesis;

/// <summary>Something planted on purpose that a careless reader takes for a fact.</summary>
/// <param name="Trap">Kind of the trap, for example <c>entered-in-error</c>.</param>
/// <param name="Patient">Logical id of the patient.</param>
/// <param name="Reference">The resource that carries it, <c>Type/id</c>.</param>
/// <param name="Meaning">What a careful reader makes of it.</param>
public sealed record PlantedTrap(string Trap, string Patient, string Reference, string Meaning);
