using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MedGemma.Agents.Records.Store;

/// <summary>Registers the embedded store.</summary>
public static class RecordStoreRegistration
{
    /// <summary>Adds <see cref="RecordStore"/>, also as the <see cref="IRecordSource"/> where none is registered yet, <see cref="Importer"/> and <see cref="StoreOptions"/>, which are checked at start-up.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, after configuration section <see cref="StoreOptions.Section"/> where the caller binds it; or null.</param>
    public static IServiceCollection AddRecordStore(this IServiceCollection services, Action<StoreOptions>? configure = null)
    {
        var options = services.AddOptions<StoreOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RecordStore>();
        services.TryAddSingleton<IRecordSource>(static provider => provider.GetRequiredService<RecordStore>());
        services.TryAddSingleton<Importer>();
        services.TryAddSingleton<StoreMaintenance>();
        return services;
    }
}
