using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Puts the evidence behind the handles of a written claim, and verifies it.</summary>
/// <param name="verifier">Checks every claim, whoever wrote it.</param>
/// <param name="record">The record.</param>
/// <param name="results">The results of the turn.</param>
internal sealed class ClaimBinding(IClaimVerifier verifier, PatientRecord record, IReadOnlyList<QueryResult> results)
{
    private const int NoResult = -1;

    /// <summary>Verifies a claim.</summary>
    /// <param name="written">As the model wrote it.</param>
    /// <returns>The claim with its verdict, and what is not borne out, for the model.</returns>
    public (Claim Claim, IReadOnlyList<string> Unsupported) Bind(WrittenClaim written)
    {
        var handles = new List<ResultHandle>();
        foreach (var text in written.Evidence)
        {
            if (!ResultHandle.TryParse(text, out var handle) || handle.Of(results) is null)
                return Refuse(written, "its evidence is not among what was found");

            handles.Add(handle);
        }

        if (handles.Count == 0)
            return Refuse(written, "it names no evidence");
        if (handles.Exists(handle => handle.Result != handles[0].Result))
            return Refuse(written, "it rests on several results; write one sentence for each");

        var index = handles[0].Result - 1;
        if (results[index].Outcome is QueryOutcome.Failed or QueryOutcome.NotSupplied)
            return Refuse(written, "nothing can be said of a result that failed or was not supplied");

        var values = handles.SelectMany(handle => handle.Of(results)!).Distinct(ReferenceEqualityComparer.Instance).Cast<ResultValue>().ToList();
        var claim = new Claim(
            written.Text, index, [.. values.SelectMany(value => value.Evidence).Distinct()], values is [{ Derivation: { } derivation }] ? derivation : null, Verdict.Refused);
        var unsupported = verifier.FindUnsupported(claim, results, record);
        var scope = results[index].DependsOnMissing ? ClaimScope.Supplied : ClaimScope.Record;
        return (claim with { Verdict = unsupported.Count == 0 ? Verdict.Supported : Verdict.Refused, Scope = scope }, unsupported);
    }

    private static (Claim, IReadOnlyList<string>) Refuse(WrittenClaim written, string why) =>
        (new Claim(written.Text, NoResult, [], null, Verdict.Refused), [why]);
}
