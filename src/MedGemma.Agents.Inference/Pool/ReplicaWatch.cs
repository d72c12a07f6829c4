using MedGemma.Agents.Inference.Chat.Failures;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>Checks one replica again and again, from its first probe to the end of the pool.</summary>
internal sealed partial class ReplicaWatch(ReplicaScheduler scheduler, ReplicaState state, ModelPoolOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Failed checks in a row that make a replica gone: a machine under load may be late once.</summary>
    private const int FailuresToFall = 2;

    private int _failures;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(options.CheckInterval, time);
            do
                await CheckAsync(cancellationToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The pool has ended.
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var (wasUp, gone) = (state.IsUp, state.Gone.Token);

        // A broken connection closes a replica that may be as well as ever: it need not show again what it can do, which under load it could not.
        var isKnown = wasUp || (_failures == 0 && state.Capabilities is not null);
        using var limit = new CancellationTokenSource(isKnown ? options.CheckTimeout : options.ProbeTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var capabilities = state.Capabilities;
            if (isKnown)
                await state.Replica.Probe.CheckAsync(both.Token).ConfigureAwait(false);
            else
                capabilities = await state.Replica.Probe.ProbeAsync(both.Token).ConfigureAwait(false);

            Lives(wasUp, capabilities);
        }
        catch (ModelBusyException)
        {
            // Whoever says that he is busy lives; what a new one can do is asked again later.
            Lives(wasUp, state.Capabilities);
        }
        catch (Exception failure)
        {
            // Whatever a probe throws: a watch that ended with it would never see the replica come back, and the end of the pool would fail with what the last check found.
            if (cancellationToken.IsCancellationRequested || ++_failures < FailuresToFall)
                return;
            if (wasUp)
                LogDown(state.Replica.Name, failure.GetType().Name);

            scheduler.MarkDown(state, gone);
        }
    }

    private void Lives(bool wasUp, ReplicaCapabilities? capabilities)
    {
        _failures = 0;
        if (wasUp || capabilities is not { } known)
            return;

        scheduler.MarkUp(state, known);
        LogUp(state.Replica.Name, known);
    }

    [LoggerMessage(LogLevel.Information, "Replica {Replica} is up and can do: {Capabilities}")]
    private partial void LogUp(string replica, ReplicaCapabilities capabilities);

    [LoggerMessage(LogLevel.Warning, "Replica {Replica} does not answer its check: {Failure}")]
    private partial void LogDown(string replica, string failure);
}
