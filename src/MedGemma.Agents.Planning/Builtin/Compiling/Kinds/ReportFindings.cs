using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>Finds out whether a report that is asked what it found says anything in words: a chest X-ray has a conclusion, a lipid panel has values.</summary>
internal sealed class ReportFindings(IRecordQueryEngine engine)
{
    /// <summary>Whether reports of the things that the frame names have a text in its times.</summary>
    public bool SaySomething(PatientRecord record, QuestionFrame frame, QueryWindow? anchored, QueryContext context)
    {
        var windows = frame.Times.Select(phrase => phrase.Window).ToList();
        if (anchored is not null)
            windows.Add(anchored);
        if (frame.Concepts.Count == 0 || !WindowNarrowing.TryNarrow(windows, out var window))
            return false;

        var selection = new RecordSelection { Kinds = [RecordKind.DiagnosticReport], Concepts = [.. frame.Concepts.SelectMany(concept => concept.Names)], Window = window };
        return engine.Run(record, new RecordQuery(selection, new ListAggregate(), ResultElement.Text), context).Values.Count > 0;
    }
}
