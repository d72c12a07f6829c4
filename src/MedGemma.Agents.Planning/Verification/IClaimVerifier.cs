using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification;

/// <summary>Checks a sentence against full query results, whoever wrote it. Safe for concurrent use.</summary>
public interface IClaimVerifier
{
    /// <summary>Checks every number, unit, date, name, status, comparator, negation and superlative of a claim.</summary>
    /// <param name="claim">The sentence and the index of the result it speaks of.</param>
    /// <param name="results">The full results of the turn.</param>
    /// <param name="record">The record that they came from.</param>
    /// <returns>Empty when the claim is borne out, otherwise each thing that is not, in a few words.</returns>
    IReadOnlyList<string> FindUnsupported(Claim claim, IReadOnlyList<QueryResult> results, PatientRecord record);
}
