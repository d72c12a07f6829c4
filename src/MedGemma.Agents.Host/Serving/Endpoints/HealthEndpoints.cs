using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace MedGemma.Agents.Host.Serving.Endpoints;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can store a turn and read records. <c>/health/models</c>: every configured model answers; without
/// them the built-in planner still does, so a model that is down makes no server unready.
/// </summary>
internal static class HealthEndpoints
{
    public const string ReadyTag = "ready";
    public const string ModelsTag = "models";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableRateLimiting();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) }).AllowAnonymous().DisableRateLimiting();
        routes.MapHealthChecks("/health/models", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(ModelsTag),
            ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(report.Entries.SelectMany(entry => entry.Value.Data).ToDictionary(model => model.Key, model => model.Value), context.RequestAborted),
        }).AllowAnonymous().DisableRateLimiting();
    }
}
