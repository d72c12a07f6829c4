namespace MedGemma.Agents.Records.Importing;

/// <summary>What an import did.</summary>
/// <param name="Read">Resources that were read and well-formed: the sum of added, updated, unchanged and contradicting ones.</param>
/// <param name="Added">Resources that the store did not have.</param>
/// <param name="Updated">Further versions of resources that it has.</param>
/// <param name="Unchanged">Versions that it already had.</param>
/// <param name="Refused">Problems reported: lines, entries and files that were not taken, and resources that belong to no patient.</param>
/// <param name="PatientsWithoutResource">Patients in the store that own resources while their Patient resource is missing; they cannot be asked about.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ImportSummary(long Read, long Added, long Updated, long Unchanged, long Refused, long PatientsWithoutResource, TimeSpan Elapsed)
{
    /// <summary>Resources read a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Read / Elapsed.TotalSeconds : 0;
}
