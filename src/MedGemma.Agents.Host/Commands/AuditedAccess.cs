using System.CommandLine;
using System.Data.Common;
using MedGemma.Agents.Host.Maintenance;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions.Audit;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Host.Commands;

/// <summary>
/// Writes into the audit who reads whose record from the store by a command: one row a run, before anything of the record is read. Without the row nothing is read. Files
/// that the command line names are their caller's own, and leave none.
/// </summary>
/// <param name="source">Where records come from.</param>
/// <param name="parsed">The command line.</param>
/// <param name="services">The services of the run.</param>
/// <param name="action">One of <see cref="AuditAction"/>.</param>
internal sealed class AuditedAccess(SourceOptions source, ParseResult parsed, IServiceProvider services, string action)
{
    /// <summary>Finds the patient that the command line means; that there is no such one is written too, but not what was typed, which may be a name.</summary>
    /// <param name="records">The records.</param>
    /// <param name="words">What the command line says.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The logical id.</returns>
    /// <exception cref="CommandRefusedException">There is no such patient, or the row cannot be written.</exception>
    public async Task<string> FindPatientAsync(IRecordSource records, string words, CancellationToken cancellationToken)
    {
        string patient;
        try
        {
            patient = await PatientChoice.FindAsync(records, words, cancellationToken).ConfigureAwait(false);
        }
        catch (CommandRefusedException)
        {
            await WriteAsync(null, "not-found", cancellationToken).ConfigureAwait(false);
            throw;
        }

        await WriteAsync(patient, "done", cancellationToken).ConfigureAwait(false);
        return patient;
    }

    /// <summary>For a run over many patients, which names none.</summary>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="CommandRefusedException">The row cannot be written.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => WriteAsync(null, "done", cancellationToken);

    private async Task WriteAsync(string? patient, string outcome, CancellationToken cancellationToken)
    {
        if (source.NamesFiles(parsed))
            return;

        var clock = services.GetRequiredService<TimeProvider>();
        var sessions = SessionStorage.Of(services.GetRequiredService<IConfiguration>(), source.StoreOf(parsed, services).DataFolder);
        try
        {
            await CommandAudit.WriteAsync(sessions.Options, new AuditRow(clock.GetUtcNow(), LocalUser.Issuer, LocalUser.Name, action, patient, null, null, outcome), clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unwritable) when (unwritable is DbException or IOException or UnauthorizedAccessException or NewerSchemaException or SessionDatabaseHeldException)
        {
            throw new CommandRefusedException($"the audit cannot be written, so that nothing is read: {unwritable.Message.ReplaceLineEndings(" ")}");
        }
    }
}
