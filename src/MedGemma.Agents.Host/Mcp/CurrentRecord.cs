using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Host.Mcp;

/// <summary>One patient's record, read again when its source has changed. Safe for concurrent use.</summary>
/// <param name="source">Where it comes from.</param>
/// <param name="patient">Logical id of the patient.</param>
/// <param name="builder">Builds it.</param>
internal sealed class CurrentRecord(IRecordSource source, string patient, IRecordBuilder builder) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private PatientRecord? _record;
    private string? _token;

    public void Dispose() => _reading.Dispose();

    /// <summary>The record, or null when the source does not have the patient.</summary>
    public async Task<PatientRecord?> GetAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Taken before the read: a change in between is noticed at the next call.
            var token = await source.GetChangeTokenAsync(patient, cancellationToken).ConfigureAwait(false);
            if (_record is not null && token == _token)
                return _record;

            _record = await source.ReadAsync(patient, cancellationToken).ConfigureAwait(false) is { } raw ? builder.Build(raw) : null;
            _token = token;
            return _record;
        }
        finally
        {
            _reading.Release();
        }
    }
}
