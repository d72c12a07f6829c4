using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>Tells when a report is asked for what it says: its conclusion is the result of an X-ray as a number is that of a blood test.</summary>
internal static class ReportText
{
    /// <summary>Whether the text is asked for.</summary>
    public static bool IsAsked(QuestionFrame frame, IReadOnlyList<RecordKind> kinds)
    {
        if (frame.Asks.Who || frame.Topics.Any(mention => mention.Topic.Element is ResultElement.Performer))
            return false;

        // "Retinal screening?", "ECG on 1 May": nothing else is said of it.
        if (!frame.AsksFindings)
            return frame is { ReportsSay: true, Asking: Asking.Plain, SaysWhen: false, AsksStatus: false, State: Reading.States.StateAsk.None } && kinds is [RecordKind.DiagnosticReport] && !frame.Topics.Any(mention => mention.Topic.Rank is 0);

        return frame.Asking is Asking.Plain or Asking.All or Asking.Name && (kinds.All(kind => kind is RecordKind.ImagingStudy or RecordKind.Document) || (kinds is [RecordKind.DiagnosticReport] && (frame.ReportsSay
            || frame.Topics.Any(mention => mention.Topic.Name is "radiology report" or "pathology report" or "microbiology") || frame.Concepts.Any(concept => concept.Words.Contains("culture", StringComparison.OrdinalIgnoreCase)))));
    }

    /// <summary>Whether one report is meant, the last: "the chest X-ray", where all that is so called is one thing; "blood cultures" and different scans are several.</summary>
    public static bool IsOfOne(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, ResultElement element) =>
        element == ResultElement.Text && kinds is [RecordKind.DiagnosticReport] && frame is { Asking: Asking.Plain or Asking.Name, Ordering: null, Times.Count: 0, Anchor: null, Setting: null, Concepts: [var named] } && IsOne(named);

    /// <summary>Whether a name stands for one thing in the singular.</summary>
    public static bool IsOne(ConceptMention named)
    {
        var words = named.Words.TrimEnd('.', '?', ')');
        return !(words.EndsWith('s') && !words.EndsWith("ss", StringComparison.Ordinal) && !words.EndsWith("is", StringComparison.Ordinal) && !words.EndsWith("us", StringComparison.Ordinal))
            && named.Entries.Where(entry => entry.Kinds.Contains(RecordKind.DiagnosticReport)).Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1;
    }
}
