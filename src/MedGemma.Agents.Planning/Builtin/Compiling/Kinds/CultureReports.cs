using MedGemma.Agents.Planning.Builtin.Reading;
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
        if (!kinds.Any(s_cultures.Contains) || frame.Concepts is not [var concept] || frame.Asking is Asking.Count or Asking.Time || frame.Tested && frame.Asking == Asking.YesNo && !frame.Detected)
            return null;

        var name = concept.Words.Contains("cultur", StringComparison.OrdinalIgnoreCase) ? concept.Words : $"{concept.Words} culture";
        return stands(name, s_cultures) || stands(concept.Words, s_cultures) || !stands(name, s_reports) ? null : new RecordSelection { Kinds = s_reports, Concepts = [name] };
    }
}
