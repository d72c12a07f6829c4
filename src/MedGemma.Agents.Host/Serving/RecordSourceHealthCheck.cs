using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Records;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Whether records can be read.</summary>
internal sealed class RecordSourceHealthCheck(NamedRecordSource source) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _ = await source.Source.FindPatientsAsync("", 1, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception unreadable) when (unreadable is StoreException or System.Data.Common.DbException or IOException)
        {
            return HealthCheckResult.Unhealthy("The records cannot be read.");
        }
    }
}
