using MedGemma.Agents.Evaluation.Suites.Running;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Composition;

/// <summary>Lets the suites count the tokens of every model, whoever calls it.</summary>
internal static class TokenMetering
{
    /// <summary>Wraps every model that is registered so far.</summary>
    public static IServiceCollection AddTokenMeters(this IServiceCollection services)
    {
        foreach (var model in services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IChatClient)).ToList())
        {
            var make = model.KeyedImplementationFactory ?? throw new InvalidOperationException("A model is registered otherwise than by a factory.");
            services.Remove(model);
            services.AddKeyedSingleton(model.ServiceKey, (provider, key) => TokenMeter.On((IChatClient)make(provider, key)));
        }

        return services;
    }
}
