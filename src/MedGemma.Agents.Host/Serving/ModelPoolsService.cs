using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Deployment;

namespace MedGemma.Agents.Host.Serving;

/// <summary>
/// Starts the configured models with the server, stops them after everything that uses them, and reloads their files on SIGHUP, one replica after the other and
/// without dropping a request.
/// </summary>
internal sealed partial class ModelPoolsService(ModelPools pools, ILogger<ModelPoolsService> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private PosixSignalRegistration? _signal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (pools.Keys.Count == 0)
            return Task.CompletedTask;

        pools.Start();
        _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            _ = Task.Run(ReloadAsync, _end.Token);
        });
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _signal?.Dispose();
        await _end.CancelAsync().ConfigureAwait(false);
        await pools.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _signal?.Dispose();
        _end.Dispose();
    }

    private async Task ReloadAsync()
    {
        foreach (var key in pools.Keys)
        {
            try
            {
                await pools.ReloadAsync(key, _end.Token).ConfigureAwait(false);
                LogReloaded(key);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                // The next model is tried all the same.
                LogNotReloaded(key, failed is InvalidOperationException ? failed.Message : failed.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Model {Model} was reloaded")]
    private partial void LogReloaded(string model);

    [LoggerMessage(LogLevel.Error, "Model {Model} could not be reloaded: {Failure}")]
    private partial void LogNotReloaded(string model, string failure);
}
