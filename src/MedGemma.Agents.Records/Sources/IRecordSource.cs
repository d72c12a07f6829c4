namespace MedGemma.Agents.Records.Sources;

/// <summary>Where records come from: files, the embedded store, a FHIR server. Implementations are safe for concurrent use.</summary>
public interface IRecordSource
{
    /// <summary>Reads everything there is about one patient.</summary>
    /// <param name="patientId">Logical id of the Patient resource.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The record, or null when the source does not know the patient.</returns>
    Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken);

    /// <summary>A value that changes whenever a later <see cref="ReadAsync"/> of the patient could give something else.</summary>
    /// <param name="patientId">Logical id of the Patient resource.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken);

    /// <summary>Patients whose name, identifier or id contains the text, at most <paramref name="limit"/> of them, by id; all when the text is empty.</summary>
    /// <param name="text">What to look for, case-insensitively.</param>
    /// <param name="limit">Most patients to return.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken);
}
