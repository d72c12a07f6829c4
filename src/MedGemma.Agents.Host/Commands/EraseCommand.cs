using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Maintenance;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma erase</c>: deletes a patient from records and conversations.</summary>
internal sealed class EraseCommand
{
    private readonly Option<string> _patient = new("--patient") { Description = "Logical id of the patient.", Required = true };
    private readonly Option<string?> _dataFolder = DataFolderOption.Create();

    private EraseCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var erase = new EraseCommand();
        var command = new Command("erase", "Deletes a patient's records, old versions too, and every question and answer about the patient; refuses while a server runs. Backups are not touched.") { erase._patient, erase._dataFolder };
        command.SetAction((parsed, cancellationToken) => StoreServices.RunAsync(parsed.GetValue(erase._dataFolder), services => erase.RunAsync(parsed, services, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (records, conversations) = await services.GetRequiredService<PatientEraser>().EraseAsync(parsed.GetRequiredValue(_patient), cancellationToken).ConfigureAwait(false);
        if (!records.WasKnown && !conversations.WasKnown)
            throw new CommandRefusedException("neither records nor sessions know such a patient");

        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync($"erased: {Amount.Of(records.Versions, "version of a resource", "versions of resources")}, "
            + $"{Amount.Of(conversations.Sessions, "session", "sessions")} with {Amount.Of(conversations.Turns, "turn", "turns")}; "
            + $"{Amount.Of(conversations.AuditRows, "row", "rows")} of the audit no longer {(conversations.AuditRows == 1 ? "names" : "name")} the patient").ConfigureAwait(false);
        if (records.StillMentionedBy > 0)
            await output.WriteLineAsync($"{Amount.Of(records.StillMentionedBy, "resource of another patient refers", "resources of other patients refer")} to the patient still").ConfigureAwait(false);
        if (services.GetRequiredService<SessionStorage>().File is null)
            await output.WriteLineAsync("PostgreSQL's write-ahead log, replicas, archives and backups are not reached from here").ConfigureAwait(false);
        return ExitCode.Done;
    }
}
