using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.OpenAi.Serving;

namespace MedGemma.Agents.Host.Serving.ModelApi;

/// <summary>The models of <c>medgemma serve</c> for other software of the hospital: in the same queues as sessions, by <c>/v1/chat/completions</c>.</summary>
internal static class ModelApiEndpoints
{
    /// <summary>Maps the door where keys are configured for it; otherwise there is none.</summary>
    public static void MapModelApi(this IEndpointRouteBuilder routes)
    {
        var access = routes.ServiceProvider.GetRequiredService<ModelApiOptions>();
        var pools = routes.ServiceProvider.GetRequiredService<ModelPools>();
        if (access.ApiKeys.Count > 0 && pools.Keys.Count > 0)
            routes.MapOpenAi(pools.Served, ModelApiServices.Limit).ForModelApi(access);
    }
}
