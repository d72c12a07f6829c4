using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads what a report reports.</summary>
internal static class ReportElements
{
    /// <summary>The values of its results that count, each called by its test; of a report without any, its conclusions.</summary>
    public static IEnumerable<ElementValue> Values(PatientRecord record, ElementCursor report)
    {
        var results = report.Children("result").SelectMany(link => ResultsOf(record, link)).ToList();
        return results.Count > 0 ? results : TextElements.Conclusions(report);
    }

    private static IEnumerable<ElementValue> ResultsOf(PatientRecord record, ElementCursor link)
    {
        if (!References.TryFollow(record, link, out var target, out var reference) || target.Holder.Key.Type != "Observation" || target.Holder.Standing == Standing.NeverCounts)
            return [];

        var name = MainConcepts.Name(record, target)?.Value.GetString();
        return ObservationElements.Values(target, -1).Select(value => value with { Label = value.Label ?? name, Link = value.Link ?? reference });
    }
}
