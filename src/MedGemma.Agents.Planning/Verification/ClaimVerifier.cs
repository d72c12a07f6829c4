using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Verification.Checks;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Verification;

/// <summary>
/// Checks a sentence against the full results of a turn without knowing who wrote it: whatever the sentence says beyond the function words must be
/// borne out by one value of the result whose evidence the claim carries. Stateless and safe for concurrent use.
/// </summary>
/// <param name="units">The converter that computed values were computed with, to compute them again.</param>
public sealed class ClaimVerifier(IUnitConverter units) : IClaimVerifier
{
    private readonly IClaimCheck[] _checks =
    [
        new EvidenceCheck(), new DerivationCheck(new DerivationRecomputer(units)), new BindingCheck(), new NegationCheck(), new SuperlativeCheck(), new SupplyCheck(), new ScopeCheck(), new OmissionCheck(),
        new TrendCheck(), new RelativeTimeCheck(), new ComparatorCheck(), new SubjectCheck(), new QualifierCheck(),
        new SymbolCheck(), new NameModifierCheck(), new SubstanceCheck(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> FindUnsupported(Claim claim, IReadOnlyList<QueryResult> results, PatientRecord record)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(record);
        if (claim.QueryIndex < 0 || claim.QueryIndex >= results.Count)
            return ["speaks of no query result"];

        var context = new ClaimContext(claim, results[claim.QueryIndex], record);
        return [.. _checks.SelectMany(check => check.Find(context)).Distinct(StringComparer.Ordinal)];
    }
}
