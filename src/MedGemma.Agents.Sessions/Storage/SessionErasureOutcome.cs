namespace MedGemma.Agents.Sessions.Storage;

/// <summary>What an erasure did to the conversations.</summary>
/// <param name="Sessions">Sessions about the patient that were deleted, ended ones among them.</param>
/// <param name="Turns">Their turns, with answers and reports.</param>
/// <param name="AuditRows">Rows of the audit that no longer say whose record they were about.</param>
public sealed record SessionErasureOutcome(long Sessions, long Turns, long AuditRows)
{
    /// <summary>Whether there was anything of the patient.</summary>
    public bool WasKnown => Sessions > 0 || AuditRows > 0;
}
