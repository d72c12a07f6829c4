using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Models.Identity;
using MedGemma.Agents.Inference.OpenAi.Serving;
using MedGemma.Agents.Inference.Supervision;

namespace MedGemma.Agents.Host.Inference;

/// <summary>Runs an inference process: loads the model, serves it until it is told to stop, lets what runs finish, and unloads it.</summary>
internal static partial class InferenceServer
{
    // What is known already, or small, is known from the first answer on; nobody waits longer for it.
    private static readonly TimeSpan s_hashPatience = TimeSpan.FromSeconds(1);

    /// <summary>Serves until it is cancelled, or the engine ends.</summary>
    /// <param name="settings">What to serve and where.</param>
    /// <param name="configuration">Everything configured.</param>
    /// <param name="output">Where it is said that the model serves.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="CommandRefusedException">The model, or the door, cannot be had.</exception>
    public static async Task<int> RunAsync(InferenceSettings settings, IConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        Func<ServedModel>? served = null;
        var app = InferenceHost.Build(settings, configuration, () => served is null ? [] : [served()]);
        await using var _ = app.ConfigureAwait(false);
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        await using var loaded = await ModelLoader.LoadAsync(settings, loggers).ConfigureAwait(false);
        app.Services.GetRequiredService<EngineHeartbeat>().Follow(loaded.Watch);
        using var client = new IdentifiedChatClient(new GemmaChatClient(loaded.Generator), loaded.Identity);
        served = () => new ServedModel(loaded.Generator.Info with { Files = loaded.Identity.Files }, client);
        loaded.Identity.Begin(new FileHashes(settings.HashFolder, TimeProvider.System, loggers.CreateLogger<FileHashes>()), loggers.CreateLogger<ModelIdentity>());
        await Task.WhenAny(loaded.Identity.Completion, Task.Delay(s_hashPatience, TimeProvider.System, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException refused)
        {
            throw new CommandRefusedException($"inference: {settings.Listen} cannot be listened on: {refused.Message}");
        }

        try
        {
            await output.WriteLineAsync(settings.ParentPipe ? InferenceLaunch.ReadyLine : $"medgemma inference serves {settings.Name} on {settings.Listen}").ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            var stopped = app.WaitForShutdownAsync(cancellationToken);
            if (await Task.WhenAny(stopped, loaded.Ended).ConfigureAwait(false) == stopped)
                return ExitCode.Done;

            // What waits for it has been told; a new process is better than one without an engine.
            LogEngineEnded(app.Logger);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return ExitCode.RefusedOrFailed;
        }
        finally
        {
            if (settings.Socket is { } socket)
                File.Delete(socket);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The engine has ended by itself; the process ends")]
    private static partial void LogEngineEnded(ILogger logger);
}
