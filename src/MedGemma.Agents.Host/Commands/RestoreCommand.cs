using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Records.Store;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma restore</c>: puts a backup in the place of the store.</summary>
internal sealed class RestoreCommand
{
    private readonly Argument<string> _file = new("file") { Description = "A file that 'medgemma backup' made." };
    private readonly Option<bool> _replace = new("--replace") { Description = "Replace the store that is there; what it holds is lost." };
    private readonly Option<string?> _dataFolder = DataFolderOption.Create();

    private RestoreCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var restore = new RestoreCommand();
        var command = new Command("restore", "Puts a backup in the place of the store; refuses while a server runs.") { restore._file, restore._replace, restore._dataFolder };
        command.SetAction((parsed, cancellationToken) => StoreServices.RunAsync(parsed.GetValue(restore._dataFolder), async services =>
        {
            var file = parsed.GetRequiredValue(restore._file);
            await services.GetRequiredService<StoreMaintenance>().RestoreAsync(file, parsed.GetValue(restore._replace), cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"restored from {file}").ConfigureAwait(false);
            return ExitCode.Done;
        }));
        return command;
    }
}
