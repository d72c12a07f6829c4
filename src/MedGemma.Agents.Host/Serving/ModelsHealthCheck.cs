using MedGemma.Agents.Inference.Deployment;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Whether every configured model has a replica that answers; its data says it of each.</summary>
internal sealed class ModelsHealthCheck(ModelPools pools) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = pools.Status().ToDictionary(
            model => model.Key,
            model => (object)(model.Value.Any(replica => replica.IsUp) ? "up" : model.Value.All(replica => replica.IsGivenUp) ? "given up" : "down"),
            StringComparer.Ordinal);
        return Task.FromResult(states.Values.All(state => state is "up") ? HealthCheckResult.Healthy(data: states) : HealthCheckResult.Unhealthy(data: states));
    }
}
