using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Sources;

/// <summary>Everything a source supplied for one patient, before it is understood.</summary>
/// <param name="Patient">The patient that was asked for.</param>
/// <param name="Resources">The newest version of each resource whose subject is the patient, the Patient itself included, in no order.</param>
/// <param name="Supporting">Resources without a subject that the patient's may reference: Medication, Location, Practitioner, Organization, Binary and the like.</param>
/// <param name="Receipt">What was asked for and read.</param>
public sealed record RawRecord(
    ResourceKey Patient,
    IReadOnlyList<RawResource> Resources,
    IReadOnlyList<RawResource> Supporting,
    Receipt Receipt);
