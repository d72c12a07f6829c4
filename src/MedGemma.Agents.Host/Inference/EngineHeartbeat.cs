using MedGemma.Agents.Inference.Engine;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MedGemma.Agents.Host.Inference;

/// <summary>Whether the engine of this process comes back from what it is at. The parent kills a process whose engine does not.</summary>
internal sealed class EngineHeartbeat : IHealthCheck
{
    private volatile EngineWatch? _watch;

    /// <summary>Looks at an engine from now on.</summary>
    public void Follow(EngineWatch watch) => _watch = watch;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_watch?.IsStuck == true ? HealthCheckResult.Unhealthy("The engine has stopped computing.") : HealthCheckResult.Healthy());
}
