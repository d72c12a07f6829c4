using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>Finds the reports that a question about cultures is asked of, where the record has a culture only as a report.</summary>
internal static class CultureReports
{
    private static readonly RecordKind[] s_cultures = [RecordKind.MicrobiologyTest, RecordKind.Organism];

    private static readonly RecordKind[] s_reports = [RecordKind.DiagnosticReport];

    /// <summary>The selection of the reports, or null when the cultures are recorded by themselves or nothing names them.</summary>
    public static RecordSelection? Of(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, Func<string, IReadOnlyList<RecordKind>, bool> stands)
    {
        if ((!kinds.Any(s_cultures.Contains) && !(frame.AsksGrowth && kinds is [RecordKind.DiagnosticReport])) || frame.Concepts is not [var concept] || frame.Asking is Asking.Count or Asking.Time || frame.Tested && frame.Asking == Asking.YesNo && !frame.Detected && !frame.AsksGrowth)
            return null;

        var name = concept.Words.Contains("cultur", StringComparison.OrdinalIgnoreCase) ? concept.Words : $"{concept.Words} culture";
        return stands(name, s_cultures) || stands(concept.Words, s_cultures) || !stands(name, s_reports) ? null : new RecordSelection { Kinds = s_reports, Concepts = [name] };
    }

    /// <summary>Which of the reports are meant: the last where one culture is named and no time.</summary>
    public static Aggregate Which(QuestionFrame frame) =>
        frame.Ordering is LatestAggregate or EarliestAggregate or NthAggregate ? frame.Ordering
        : frame is { Asking: not Asking.All, Times.Count: 0, Anchor: null, Concepts: [var named] } && ReportText.IsOne(named) ? new LatestAggregate() : new ListAggregate();

    /// <summary>What is asked of the reports: their text, unless it is where the sample came from or how far they are.</summary>
    public static ResultElement Element(QuestionFrame frame) =>
        frame.Topics.Any(mention => mention.Topic.Element is ResultElement.Specimen) ? ResultElement.Specimen
        : frame.State == Reading.States.StateAsk.Status && !frame.AsksFindings ? ResultElement.Status
        : ResultElement.Text;

    /// <summary>Whether what grew or what it resists is asked for, and no Observation of the record is of either: then only the reports of cultures can say it, and that there is none is not said for them.</summary>
    public static bool HoldAll(PatientRecord record, QuestionFrame frame)
    {
        var asksOrganism = frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.Organism]) || (frame.Detected && frame.Concepts.Any(concept => concept.Kinds.Contains(RecordKind.Organism)));
        var asksSusceptibility = frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.Susceptibility]);
        return frame.Concepts.Count > 0 && record.OfKind(RecordKind.Susceptibility).Length == 0
            && (asksSusceptibility || (asksOrganism && record.OfKind(RecordKind.Organism).Length == 0 && record.OfKind(RecordKind.MicrobiologyTest).Length == 0));
    }
}
