using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Maintenance;

/// <summary>
/// Erases a patient from the records and from the conversations. Only while no server runs: its memory holds both, and it would write of the patient
/// again. The same call completes an erasure that was cut off.
/// </summary>
internal sealed class PatientEraser(RecordStore records, StoreMaintenance store, SessionStorage sessions, IOptions<StoreOptions> options, TimeProvider clock)
{
    /// <summary>Erases.</summary>
    /// <exception cref="CommandRefusedException">A server is running, or there is no store.</exception>
    /// <exception cref="StoreException">The store cannot be used, or something else is changing it.</exception>
    public async Task<(EraseOutcome Records, SessionErasureOutcome Sessions)> EraseAsync(string patientId, CancellationToken cancellationToken)
    {
        if (!records.Exists && !sessions.Exists)
            throw new CommandRefusedException($"there is no record store in {Path.GetFullPath(options.Value.DataFolder)}");

        using var serving = DataFolderLock.TryTakeForServing(options.Value.DataFolder) ?? throw Refusal();

        // Both are taken before anything is deleted: what cannot be used must not leave half an erasure.
        using var writing = store.TakeForWriting();
        var erasure = sessions.Exists ? await SessionErasure.TryOpenAsync(sessions.Options, clock, cancellationToken).ConfigureAwait(false) ?? throw Refusal() : null;
        try
        {
            var conversations = erasure is null ? new SessionErasureOutcome(0, 0, 0) : await erasure.EraseAsync(patientId, LocalUser.Issuer, LocalUser.Name, cancellationToken).ConfigureAwait(false);
            return (await store.EraseAsync(patientId, writing, cancellationToken).ConfigureAwait(false), conversations);
        }
        finally
        {
            if (erasure is not null)
                await erasure.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static CommandRefusedException Refusal() => new("a server is running; stop it first: its memory holds records and conversations");
}
