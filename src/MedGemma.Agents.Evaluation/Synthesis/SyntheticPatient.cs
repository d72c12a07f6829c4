using Hl7.Fhir.Model;

namespace MedGemma.Agents.Evaluation.Synthesis;

/// <summary>One synthetic patient.</summary>
/// <param name="Id">Logical id of the Patient resource.</param>
/// <param name="References">How the resources refer to each other.</param>
/// <param name="Resources">The resources, Patient first; a stream that makes long monitoring series while it is read. Read it as often as needed: it gives the same each time.</param>
/// <param name="Traps">What was planted on purpose.</param>
/// <param name="Questions">Questions with their answers.</param>
public sealed record SyntheticPatient(
    string Id,
    ReferenceForm References,
    IEnumerable<Resource> Resources,
    IReadOnlyList<PlantedTrap> Traps,
    IReadOnlyList<ExpectedAnswer> Questions);
