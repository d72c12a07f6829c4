using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Puts what notes say behind what was written of the coded data: every finding as a quote that code writes and the verifier checks.</summary>
/// <param name="notes">What was read.</param>
/// <param name="verifier">Checks every claim.</param>
/// <param name="record">The record.</param>
/// <param name="observer">Told of each claim, or null.</param>
internal sealed class QuotedNotes(NoteQuarantine notes, IClaimVerifier verifier, PatientRecord record, IAnswerObserver? observer)
{
    /// <summary>Adds the quotes, and the queries that listed the notes to the results.</summary>
    /// <param name="written">What was written of the coded data.</param>
    /// <param name="results">The results of the turn.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async Task<WrittenAnswer> AddAsync(WrittenAnswer written, List<QueryResult> results, CancellationToken cancellationToken)
    {
        var first = results.Count;
        results.AddRange(notes.Results);
        var (supported, dropped) = (written.Supported.ToList(), written.Dropped.ToList());
        foreach (var claim in notes.Write(notes.Views.SelectMany(view => view.Findings).Select(finding => finding.Id), first))
        {
            var isSupported = verifier.FindUnsupported(claim, results, record).Count == 0;
            var judged = claim with { Verdict = isSupported ? Verdict.Supported : Verdict.Refused };
            (isSupported ? supported : dropped).Add(judged);
            if (observer is not null)
                await observer.ClaimedAsync(judged, cancellationToken).ConfigureAwait(false);
        }

        return written with { Supported = supported, Dropped = dropped, Notes = NoteRemarks.Of(notes.Views, [.. notes.Results.SelectMany(result => result.Unread).Distinct()]) };
    }
}
