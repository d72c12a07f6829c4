using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Pool;

namespace MedGemma.Agents.Inference.Supervision;

/// <summary>Probes the inference process of a replica: it is up as soon as its supervisor says so, and killed when it does not answer checks any more.</summary>
/// <param name="supervisor">Who keeps it running.</param>
/// <param name="server">The process, as a server.</param>
internal sealed class SupervisedReplica(InferenceSupervisor supervisor, IReplicaProbe server) : IReplicaProbe
{
    /// <summary>Unanswered checks in a row after which a live process is taken for hung; the pool has given it up before.</summary>
    private const int ChecksToKill = 3;

    private int _unanswered;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await server.CheckAsync(cancellationToken).ConfigureAwait(false);
            _unanswered = 0;
        }
        catch (Exception unanswered) when (unanswered is OperationCanceledException or InferenceException)
        {
            Miss();
            throw;
        }
    }

    public async Task<ReplicaCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await supervisor.ReadyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException down)
        {
            throw new ModelLostException("The inference process is down.", down);
        }

        try
        {
            var capabilities = await server.ProbeAsync(cancellationToken).ConfigureAwait(false);
            _unanswered = 0;
            return capabilities;
        }
        catch (Exception unanswered) when (unanswered is OperationCanceledException or InferenceException)
        {
            Miss();
            throw;
        }
    }

    private void Miss()
    {
        if (++_unanswered < ChecksToKill)
            return;

        _unanswered = 0;
        supervisor.Kill();
    }
}
