namespace MedGemma.Agents.Sessions.Storage;

/// <summary>One audit row.</summary>
public static class TurnStoreExtensions
{
    /// <summary>Adds an audit row for what changes nothing else.</summary>
    /// <param name="store">The store.</param>
    /// <param name="audit">The row.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public static Task AuditAsync(this ITurnStore store, AuditRow audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.AuditAsync([audit], cancellationToken);
    }
}
