using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Whether the turn store answers.</summary>
internal sealed class TurnStoreHealthCheck(ITurnStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _ = await store.FindSessionAsync(SessionKey.Create(), cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (System.Data.Common.DbException)
        {
            return HealthCheckResult.Unhealthy("The turn store does not answer.");
        }
    }
}
