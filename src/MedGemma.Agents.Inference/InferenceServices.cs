using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Supervision;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Inference;

/// <summary>Registers the configured models.</summary>
public static class InferenceServices
{
    /// <summary>
    /// Adds <see cref="ConfiguredModels"/>, <see cref="ModelPools"/>, and an <see cref="IChatClient"/> by the key of each model. Where no model is configured under a
    /// key, there is no client: ask for it with <c>GetKeyedService</c>. Needs <see cref="TimeProvider"/> and logging.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Everything configured.</param>
    /// <param name="launch">Starts inference processes.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A model cannot be used as it is configured.</exception>
    public static IServiceCollection AddInference(this IServiceCollection services, IConfiguration configuration, InferenceLaunch launch)
    {
        ArgumentNullException.ThrowIfNull(services);
        var models = ConfiguredModels.Read(configuration);
        services.AddSingleton(models);
        services.AddSingleton(launch);
        services.AddMetrics();
        services.AddSingleton<PoolMetrics>();
        services.AddSingleton<ModelPools>();
        foreach (var key in models.ByKey.Keys)
            services.AddKeyedSingleton<IChatClient>(key, (provider, _) => provider.GetRequiredService<ModelPools>().Client(key));

        return services;
    }
}
