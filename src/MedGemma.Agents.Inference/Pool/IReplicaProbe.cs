using MedGemma.Agents.Inference.Chat.Failures;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>Asks a replica whether it is alive and what it can do.</summary>
public interface IReplicaProbe
{
    /// <summary>A cheap question that every live replica answers, however busy.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InferenceException">It is not alive, or does not serve the model.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Tries out what the replica can do; asked once when it comes up.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InferenceException">It is not alive.</exception>
    Task<ReplicaCapabilities> ProbeAsync(CancellationToken cancellationToken);
}
