using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Verification.Checks;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification;

/// <summary>
/// Checks a sentence against the full results of a turn without knowing who wrote it: whatever the sentence says beyond the function words must be
/// borne out by one value of the result whose evidence the claim carries. Stateless and safe for concurrent use.
/// </summary>
public sealed class ClaimVerifier : IClaimVerifier
{
    private static readonly IClaimCheck[] Checks =
    [
        new EvidenceCheck(), new DerivationCheck(), new BindingCheck(), new NegationCheck(), new SuperlativeCheck(), new ScopeCheck(), new OmissionCheck(),
        new TrendCheck(), new RelativeTimeCheck(), new ComparatorCheck(), new SubjectCheck(), new QualifierCheck(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> FindUnsupported(Claim claim, IReadOnlyList<QueryResult> results, PatientRecord record)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(record);
        if (claim.QueryIndex < 0 || claim.QueryIndex >= results.Count)
            return ["speaks of no query result"];
        if (string.IsNullOrWhiteSpace(claim.Text))
            return ["says nothing"];

        var context = new ClaimContext(claim, results[claim.QueryIndex], record);
        return [.. Checks.SelectMany(check => check.Find(context)).Distinct(StringComparer.Ordinal)];
    }
}
