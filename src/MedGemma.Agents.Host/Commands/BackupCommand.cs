using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Maintenance;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma backup</c>: copies records and sessions, both of one moment, into a folder, while they are in use.</summary>
internal sealed class BackupCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "The folder to make; it must not exist." };
    private readonly Option<string?> _dataFolder = DataFolderOption.Create();

    private BackupCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var backup = new BackupCommand();
        var command = new Command("backup", "Copies records and sessions, both of one moment, into a folder, also while a server or an import runs.") { backup._folder, backup._dataFolder };
        command.SetAction((parsed, cancellationToken) => StoreServices.RunAsync(parsed.GetValue(backup._dataFolder), async services =>
        {
            var folder = parsed.GetRequiredValue(backup._folder);
            var manifest = await services.GetRequiredService<DataFolderBackup>().BackUpAsync(folder, cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"backed up {string.Join(" and ", manifest.Files.Keys)} to {folder}").ConfigureAwait(false);
            if (manifest.Sessions == SessionDatabaseKind.Postgres)
                await output.WriteLineAsync("sessions are in PostgreSQL: back them up there, with pg_dump or as the server's other databases").ConfigureAwait(false);
            return ExitCode.Done;
        }));
        return command;
    }
}
