using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Records;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving;

/// <summary>What is served when no files are named: the store, or in Development, while the store is empty, the synthetic patients.</summary>
internal static class ServedRecords
{
    private static readonly string s_fixtures = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures", "patients");

    /// <summary>Opens the store, or the synthetic patients.</summary>
    /// <param name="options">Where the store is.</param>
    /// <param name="isDevelopment">Whether synthetic patients may stand in for an empty store.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task<NamedRecordSource> OpenAsync(
        StoreOptions options, bool isDevelopment, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = new RecordStore(Options.Create(options), clock);

        // Always looked into: a store that cannot be used must stop the start, not each request.
        var hasPatients = (await store.FindPatientsAsync("", 1, cancellationToken).ConfigureAwait(false)).Count > 0;
        if (!isDevelopment || hasPatients || !Directory.Exists(s_fixtures))
            return new NamedRecordSource("store", store);

        var fixtures = await FileRecordSource
            .OpenAsync([s_fixtures], CompleteTypes.None, new ResourceReaderOptions(), clock, cancellationToken).ConfigureAwait(false);
        return new NamedRecordSource("fhir-fixtures", fixtures);
    }
}
