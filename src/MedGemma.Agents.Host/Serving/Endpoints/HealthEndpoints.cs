using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can store a turn and read records.</summary>
internal static class HealthEndpoints
{
    public const string ReadyTag = "ready";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableRateLimiting();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) }).AllowAnonymous().DisableRateLimiting();
    }
}
