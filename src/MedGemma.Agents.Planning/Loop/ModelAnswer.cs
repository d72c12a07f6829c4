using System.Globalization;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>Puts together an answer of verified claims: its values are those that the claims rest on, and nothing else that was found.</summary>
/// <param name="record">The record.</param>
/// <param name="question">The question.</param>
/// <param name="banners">What must stand over every answer.</param>
/// <param name="work">What models did.</param>
internal sealed class ModelAnswer(PatientRecord record, ChartQuestion question, IReadOnlyList<string> banners, TurnWork work)
{
    /// <summary>An answer that says why there is none.</summary>
    public Answer Unsure(UnsureReason reason, IReadOnlyList<QueryResult> results, IReadOnlyList<Claim> dropped) =>
        new(AnswerStatus.Unsure, reason.Message, [], null, [], dropped, results, record.Receipt, banners, ModelQuestionAnswerer.PlannerName, question.AsOf)
        {
            Reason = reason,
            Model = work.Done(),
        };

    /// <summary>The answer for what was written.</summary>
    public Answer Of(WrittenAnswer written, IReadOnlyList<QueryResult> results)
    {
        var open = results.Where(result => result.Outcome is QueryOutcome.Failed or QueryOutcome.NotSupplied).Select(result => OpenReasons.Of(result, record.Receipt)).Distinct(StringComparer.Ordinal).ToList();
        if (written.Supported.Count == 0)
            return Unwritten(written, results, open);

        // What a note says is a quote and no value of the record.
        var cited = written.Supported.Where(claim => !claim.IsNoteDerived).GroupBy(claim => claim.QueryIndex).OrderBy(group => group.Key).Select(group => Cited(results[group.Key], group)).ToList();
        var isThere = written.Supported.Any(claim => claim.IsNoteDerived) || cited.Exists(result => result.Outcome == QueryOutcome.Found);

        // "No" and "0" answer a question with a value, and say that something is absent.
        var found = isThere || cited.Exists(result => result.Values.Count > 0);

        // Of an answer that broke off stays what was told of it while it was written.
        var limit = cited.Count > 0 && written.Failure is { } brokenOff ? brokenOff
            : cited.FindAll(result => result.DependsOnMissing) is { Count: > 0 } limited ? OpenReasons.OfIncomplete(limited, record.Receipt)
            : isThere ? null : NegativeLimit(written, open);
        string[] remarks =
        [
            .. Withheld(written.Dropped.Count), .. Unwritten(cited.Count == 0 ? written.Failure : null), .. open,
            .. limit is UnsureReason.NotesNotRead ? [] : written.Notes?.Sentences ?? [],
        ];
        if (limit is not null)
            return Unsure(limit, results, written.Dropped) with { Text = AnswerText.Compose(written.Supported, limit, banners, cited, remarks), Claims = written.Supported };

        return new Answer(
            found ? AnswerStatus.Answered : AnswerStatus.NoneRecorded,
            AnswerText.Compose(written.Supported, null, banners, cited, remarks),
            found ? [.. cited.SelectMany(AnswerValues.Of)] : [],
            AnswerValues.CommonUnit(cited),
            written.Supported,
            written.Dropped,
            results,
            record.Receipt,
            banners,
            ModelQuestionAnswerer.PlannerName,
            question.AsOf)
        {
            Model = work.Done(),
        };
    }

    /// <summary>Why that something is absent of the coded data is no "none recorded": what else was asked for it is open. Null when nothing is.</summary>
    private static UnsureReason? NegativeLimit(WrittenAnswer written, List<string> open) =>
        written.Notes is { AreOpen: true } notes ? new UnsureReason.NotesNotRead(notes.Text)
        : open.Count > 0 ? new UnsureReason.OpenInRecord(string.Join(' ', open))
        : null;

    private Answer Unwritten(WrittenAnswer written, IReadOnlyList<QueryResult> results, List<string> open)
    {
        UnsureReason? ofNotes = written.Notes is { } notes ? notes.AreOpen ? new UnsureReason.NotesNotRead(notes.Text) : new UnsureReason.OpenInRecord(notes.Text) : null;
        var reason = written.Dropped.Count > 0 && written.Failure is null
            ? new UnsureReason.Withheld("What the model wrote is not borne out by its evidence and was withheld.")
            : open.Count > 0 ? new UnsureReason.OpenInRecord(string.Join(' ', open)) : written.Failure ?? ofNotes ?? new UnsureReason.EmptyOutput();
        var answer = Unsure(reason, results, written.Dropped);
        return ofNotes is null || reason == ofNotes ? answer : answer with { Text = $"{reason.Message} {ofNotes.Message}" };
    }

    private static IEnumerable<string> Unwritten(UnsureReason? failure)
    {
        if (failure is not null)
            yield return $"Nothing could be written of the coded data: {failure.Message}";
    }

    /// <summary>A result with those of its values whose evidence the claims carry.</summary>
    private static QueryResult Cited(QueryResult result, IEnumerable<Claim> claims)
    {
        var evidence = claims.SelectMany(claim => claim.Evidence).ToHashSet();
        return result with { Values = [.. result.Values.Where(value => value.Evidence.Count == 0 || value.Evidence.Any(evidence.Contains))] };
    }

    private static IEnumerable<string> Withheld(int dropped)
    {
        if (dropped > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{dropped} of the model's sentences {(dropped == 1 ? "is" : "are")} not borne out by the evidence and withheld.");
    }
}
