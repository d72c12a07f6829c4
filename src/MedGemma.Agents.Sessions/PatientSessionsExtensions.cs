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
        services.AddOptions<PatientSessionOptions>().BindConfiguration(PatientSessionOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RecordCacheOptions>().BindConfiguration(RecordCacheOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => MakeStore(
            provider.GetRequiredService<IOptions<PatientSessionOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITurnStore>(provider => provider.GetRequiredService<TurnStore>());
        services.AddSingleton<RecordCache>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnRecorder>();
        services.AddSingleton<IHostedService, TurnStoreOpening>();
        services.AddOptions<GrainCollectionOptions>().Configure<IOptions<PatientSessionOptions>>(
            (collection, sessions) => collection.CollectionAge = sessions.Value.IdleAfter);
        return silo;
    }

    private static TurnStore MakeStore(PatientSessionOptions options, TimeProvider clock)
    {
        SessionDialect dialect = options.Database switch
        {
            SessionDatabaseKind.Sqlite => new SqliteDialect(options.ConnectionString),
            SessionDatabaseKind.Postgres => new PostgresDialect(options.ConnectionString),
            _ => throw new InvalidOperationException("MedGemma:Sessions:Database must be Sqlite or Postgres."),
        };
        return new TurnStore(dialect, clock);
    }
}
