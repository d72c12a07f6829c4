using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Sources;

/// <summary>A source that keeps versions of resources which are not the newest any more. Implementations are safe for concurrent use.</summary>
public interface IVersionedRecordSource : IRecordSource
{
    /// <summary>Reads versions of resources, old ones too: what a turn read stays readable.</summary>
    /// <param name="versions">Which.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Those that there are, in no order; one that was never had or was erased is missing.</returns>
    Task<IReadOnlyList<RawResource>> ReadVersionsAsync(IReadOnlyCollection<ResourceVersion> versions, CancellationToken cancellationToken);
}
