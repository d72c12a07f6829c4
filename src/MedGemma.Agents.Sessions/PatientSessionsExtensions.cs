using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace MedGemma.Agents.Sessions;

/// <summary>Registers patient sessions in a silo.</summary>
public static class PatientSessionsExtensions
{
    /// <summary>
    /// Adds the session grains, the turn store and the record cache. The caller registers an <c>IQuestionAnswerer</c>, an <c>IRecordBuilder</c>, a
    /// <see cref="NamedRecordSource"/> and an <see cref="Access.IPatientAccess"/>. Options come from the sections <see cref="PatientSessionOptions.SectionName"/> and
    /// <see cref="RecordCacheOptions.SectionName"/> and are validated at start; the database is migrated then.
    /// </summary>
    /// <param name="silo">The silo.</param>
    public static ISiloBuilder AddPatientSessions(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var services = silo.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddOptions<PatientSessionOptions>().ValidateOnStart();
        services.AddOptions<RecordCacheOptions>().BindConfiguration(RecordCacheOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddTurnStore();
        services.AddSingleton<RecordCache>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnRecorder>();
        services.AddSingleton<IHostedService, TurnStoreOpening>();
        services.AddOptions<GrainCollectionOptions>().Configure<IOptions<PatientSessionOptions>>(
            (collection, sessions) => collection.CollectionAge = sessions.Value.IdleAfter);
        return silo;
    }

    /// <summary>
    /// Adds the turn store and the audit log alone, for what starts no silo. Options come from <see cref="PatientSessionOptions.SectionName"/>; the database is
    /// not migrated.
    /// </summary>
    /// <param name="services">The services; an <c>IConfiguration</c> among them.</param>
    public static IServiceCollection AddTurnStore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<PatientSessionOptions>().BindConfiguration(PatientSessionOptions.SectionName).ValidateDataAnnotations();
        services.AddSingleton(provider => SessionDialect.Of(provider.GetRequiredService<IOptions<PatientSessionOptions>>().Value));
        services.AddSingleton(provider => new TurnStore(provider.GetRequiredService<SessionDialect>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITurnStore>(provider => provider.GetRequiredService<TurnStore>());
        services.AddSingleton<IAuditLog>(provider => new AuditLog(provider.GetRequiredService<SessionDialect>()));
        return services;
    }
}
