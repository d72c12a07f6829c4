using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Suites.Faults;

/// <summary>A source whose records are changed while they are read.</summary>
/// <param name="inner">A sound source.</param>
internal abstract class FaultySource(IRecordSource inner) : IRecordSource
{
    /// <inheritdoc/>
    public async Task<RawRecord?> ReadAsync(string patientId, CancellationToken cancellationToken) =>
        await inner.ReadAsync(patientId, cancellationToken).ConfigureAwait(false) is { } record ? Break(record) : null;

    /// <inheritdoc/>
    public Task<string> GetChangeTokenAsync(string patientId, CancellationToken cancellationToken) => inner.GetChangeTokenAsync(patientId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PatientMatch>> FindPatientsAsync(string text, int limit, CancellationToken cancellationToken) =>
        inner.FindPatientsAsync(text, limit, cancellationToken);

    /// <summary>Changes a record.</summary>
    protected abstract RawRecord Break(RawRecord record);
}
