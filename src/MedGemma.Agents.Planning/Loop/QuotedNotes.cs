using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Makes claims of what notes say: every finding as a quote that code writes and the verifier checks, told as soon as it is checked.</summary>
/// <param name="notes">What was read.</param>
/// <param name="verifier">Checks every claim.</param>
/// <param name="record">The record.</param>
/// <param name="observer">Told of each claim that is borne out, or null.</param>
internal sealed class QuotedNotes(NoteQuarantine notes, IClaimVerifier verifier, PatientRecord record, IAnswerObserver? observer)
{
    /// <summary>Writes and verifies the quotes.</summary>
    /// <param name="first">Number of the answer's other results, behind which those that listed the notes stand.</param>
    /// <param name="results">All of the answer's results.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async Task<IReadOnlyList<Claim>> WriteAsync(int first, IReadOnlyList<QueryResult> results, CancellationToken cancellationToken)
    {
        var claims = new List<Claim>();
        foreach (var claim in notes.Write(notes.Views.SelectMany(view => view.Findings).Select(finding => finding.Id), first))
        {
            var judged = claim with { Verdict = verifier.FindUnsupported(claim, results, record).Count == 0 ? Verdict.Supported : Verdict.Refused };
            claims.Add(judged);
            if (observer is not null && judged.Verdict == Verdict.Supported)
                await observer.ClaimedAsync(judged, cancellationToken).ConfigureAwait(false);
        }

        return claims;
    }

    /// <summary>Puts the quotes behind what was written of the coded data, with what must be said of the notes.</summary>
    /// <param name="written">What was written of the coded data.</param>
    /// <param name="quotes">What <see cref="WriteAsync"/> gave.</param>
    public WrittenAnswer Add(WrittenAnswer written, IReadOnlyList<Claim> quotes) => written with
    {
        Supported = [.. written.Supported, .. quotes.Where(claim => claim.Verdict == Verdict.Supported)],
        Dropped = [.. written.Dropped, .. quotes.Where(claim => claim.Verdict != Verdict.Supported)],
        Notes = NoteRemarks.Of(notes.Views, [.. notes.Results.SelectMany(result => result.Unread).Distinct()]),
    };
}
