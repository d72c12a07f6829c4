using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Notes.Claims;

/// <summary>Writes the one sentence that a finding of a note may become; there is no other way for a note's words into an answer.</summary>
internal static class QuoteClaims
{
    public static Claim Write(NoteFinding finding, QueryResult result, int queryIndex)
    {
        var quote = new NoteQuote(finding.Note.ValueIndex, finding.Start, finding.Length, finding.Quote, finding.Kind, finding.Assertion, finding.Section);
        var value = result.Values[quote.ValueIndex];
        return new Claim(Sentence(quote, value), queryIndex, [value.Evidence[0]], value.Derivation, Verdict.Refused) { Quote = quote };
    }

    /// <summary>The sentence for a quote of a note.</summary>
    public static string Sentence(NoteQuote quote, ResultValue note)
    {
        var title = DisplayText.Bound(note.Label, 60);
        var time = note.Time is null ? "without a date" : $"of {DisplayText.Bound(note.Time, 40)}";
        var words = DisplayText.Quotable(quote.Text, quote.Text.Length + 1);
        return $"From a note, not checked against the chart: the note {time}{(title.Length == 0 ? "" : $" ({title})")} says “{words}”.";
    }
}
