namespace MedGemma.Agents.Sessions.Audit;

/// <summary>Reads and verifies the audit chain. Rows are added by the turn store, in the transaction of what they are about. Safe for concurrent use.</summary>
public interface IAuditLog
{
    /// <summary>Computes the whole chain again, and every stored answer against the Provenance of its turn.</summary>
    /// <param name="anchors">Rows noted elsewhere; each must still be there.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<AuditVerification> VerifyAsync(IReadOnlyList<AuditAnchor> anchors, CancellationToken cancellationToken);

    /// <summary>Rows of the chain in order.</summary>
    /// <param name="after">Only rows behind this one; 0 begins at the first.</param>
    /// <param name="limit">Most rows to return.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int limit, CancellationToken cancellationToken);
}
