using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Records.Store;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma backup</c>: copies the store into one file, while it is in use.</summary>
internal sealed class BackupCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The file to make; it must not exist." };
    private readonly Option<string?> _dataFolder = DataFolderOption.Create();

    private BackupCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var backup = new BackupCommand();
        var command = new Command("backup", "Copies the store into one file, also while a server or an import runs.") { backup._file, backup._dataFolder };
        command.SetAction((parsed, cancellationToken) => StoreServices.RunAsync(parsed.GetValue(backup._dataFolder), async services =>
        {
            var file = parsed.GetRequiredValue(backup._file);
            await services.GetRequiredService<StoreMaintenance>().BackUpAsync(file, cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"backed up to {file}").ConfigureAwait(false);
            return ExitCode.Done;
        }));
        return command;
    }
}
