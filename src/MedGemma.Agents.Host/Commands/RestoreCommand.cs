using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Maintenance;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma restore</c>: puts a backup in the place of records and sessions.</summary>
internal sealed class RestoreCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "A folder that 'medgemma backup' made." };
    private readonly Option<bool> _replace = new("--replace") { Description = "Replace records and sessions that are there; what they hold is lost." };
    private readonly Option<string?> _dataFolder = DataFolderOption.Create();

    private RestoreCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var restore = new RestoreCommand();
        var command = new Command("restore", "Puts a backup in the place of records and sessions; refuses while a server runs.") { restore._folder, restore._replace, restore._dataFolder };
        command.SetAction((parsed, cancellationToken) => StoreServices.RunAsync(parsed.GetValue(restore._dataFolder), async services =>
        {
            var folder = parsed.GetRequiredValue(restore._folder);
            var manifest = await services.GetRequiredService<DataFolderRestore>().RestoreAsync(folder, parsed.GetValue(restore._replace), cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"restored {string.Join(" and ", manifest.Files.Keys)} from {folder}").ConfigureAwait(false);
            if (manifest.Sessions == SessionDatabaseKind.Postgres)
                await output.WriteLineAsync("sessions are in PostgreSQL: restore that database to the same moment").ConfigureAwait(false);
            return ExitCode.Done;
        }));
        return command;
    }
}
