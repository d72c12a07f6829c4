using System.Data.Common;
using System.Globalization;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// Erases whose record the audit rows of a patient were about, with their FHIR resources, and adds a row that says how many they were. Who did what and
/// when stays, and the chain still verifies.
/// </summary>
/// <param name="dialect">The database.</param>
internal sealed class AuditErasure(SessionDialect dialect)
{
    private readonly AuditChain _chain = new(dialect);

    /// <summary>Erases, inside the transaction of whatever else is erased.</summary>
    /// <param name="writer">The connection.</param>
    /// <param name="transaction">Its transaction, of which this must be the last step.</param>
    /// <param name="patientId">The patient.</param>
    /// <param name="erasing">The row of the erasure itself; its outcome is set here.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <returns>Rows that were erased.</returns>
    public async Task<int> EraseAsync(DatabaseWriter writer, DbTransaction transaction, string patientId, AuditRow erasing, CancellationToken cancellationToken)
    {
        var chained = await EraseAsync("sequence IS NOT NULL").ConfigureAwait(false);
        var before = await EraseAsync("sequence IS NULL").ConfigureAwait(false);
        var row = erasing with { Outcome = string.Create(CultureInfo.InvariantCulture, $"{AuditAction.ErasedRows}{chained}") };
        await _chain.AppendAsync(writer, transaction, [AuditEvents.Of(row)], cancellationToken).ConfigureAwait(false);
        return chained + before;

        Task<int> EraseAsync(string which) => writer.ExecuteAsync(
            new SqlStatement($"UPDATE audit SET patient_id = NULL, resource = NULL, salt = NULL WHERE patient_id = @patient AND {which}", ("patient", patientId)),
            transaction,
            cancellationToken);
    }
}
