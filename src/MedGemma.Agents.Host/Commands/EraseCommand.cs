using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Records.Store;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma erase</c>: deletes a patient from the store.</summary>
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
        var command = new Command("erase", "Deletes every trace of a patient from the store, old versions too; backups are not touched.") { erase._patient, erase._dataFolder };
        command.SetAction((parsed, cancellationToken) => StoreServices.RunAsync(parsed.GetValue(erase._dataFolder), services => erase.RunAsync(parsed, services, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var outcome = await services.GetRequiredService<StoreMaintenance>().EraseAsync(parsed.GetRequiredValue(_patient), cancellationToken).ConfigureAwait(false);
        if (!outcome.WasKnown)
            throw new CommandRefusedException("the store knows no such patient");

        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"erased: {outcome.Versions:N0} versions of resources")).ConfigureAwait(false);
        if (outcome.StillMentionedBy > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{outcome.StillMentionedBy:N0} resources of other patients still refer to the patient")).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
