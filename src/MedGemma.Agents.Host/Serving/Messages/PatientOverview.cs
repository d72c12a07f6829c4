using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>What there is of a patient, and from what it was read.</summary>
/// <param name="Patient">Logical id.</param>
/// <param name="Resources">Resources of the patient.</param>
/// <param name="Kinds">The kinds that are there.</param>
/// <param name="Banners">Deceased, restricted, age of the record.</param>
/// <param name="Receipt">What was asked for and read.</param>
internal sealed record PatientOverview(
    string Patient,
    int Resources,
    IReadOnlyList<KindOverview> Kinds,
    IReadOnlyList<string> Banners,
    Receipt Receipt);
