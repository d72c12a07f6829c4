using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Inference;

namespace MedGemma.Agents.Host.Commands;

/// <summary>
/// <c>medgemma inference</c>: one model on one set of devices, as a server of the OpenAI chat API. <c>medgemma serve</c> starts it by itself for models of this machine.
/// </summary>
internal sealed class InferenceCommand
{
    private readonly ModelChoice _model = new();
    private readonly Option<string> _listen = new("--listen") { Description = "unix:/path, or https://host:port with MedGemma:ModelApi configured.", HelpName = "ADDRESS", Required = true };
    private readonly Option<string?> _name = new("--name") { Description = "The model's name for clients. Default: the key, or the file's name.", HelpName = "NAME" };
    private readonly Option<string?> _hashFolder = new("--hash-folder") { Description = "Folder in which hashes of model files are kept. Default: model-hashes in the data folder, if there is one.", HelpName = "FOLDER" };
    private readonly Option<TimeSpan?> _batchAging = new("--batch-aging") { Description = "After so long a wait a batch request counts as an interactive one. Default: 00:00:30.", HelpName = "HH:MM:SS" };
    private readonly Option<bool> _parentPipe = new("--parent-pipe") { Description = "End when standard input closes." };

    private InferenceCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var verb = new InferenceCommand();
        var command = new Command("inference", "Serves one model by the OpenAI chat API.") { verb._listen, verb._name, verb._hashFolder, verb._batchAging, verb._parentPipe };
        verb._model.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (parsed.GetValue(_parentPipe))
            ParentPipe.Watch(stop.Cancel);

        var configuration = CommandServices.ReadConfiguration();
        var settings = _model.Settings(parsed, configuration);
        settings = settings with
        {
            Name = parsed.GetValue(_name) ?? settings.Name,
            HashFolder = parsed.GetValue(_hashFolder) ?? InferenceProgram.HashFolder(configuration),
            BatchAging = parsed.GetValue(_batchAging) ?? settings.BatchAging,
            Listen = parsed.GetRequiredValue(_listen),
            ParentPipe = parsed.GetValue(_parentPipe),
        };
        return await InferenceServer.RunAsync(settings, configuration, parsed.InvocationConfiguration.Output, stop.Token).ConfigureAwait(false);
    }
}
