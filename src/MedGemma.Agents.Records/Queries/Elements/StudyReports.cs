using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Running;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Finds the reports of an imaging study: what the study shows is said by them.</summary>
internal static class StudyReports
{
    /// <summary>The reports that name the study; of a study that none names, those of radiology from the same moment that name no study.</summary>
    public static IReadOnlyList<ElementCursor> Of(PatientRecord record, ElementCursor study)
    {
        var reports = record.OfKind(RecordKind.DiagnosticReport).Where(report => report.Standing != Standing.NeverCounts).Select(ElementCursor.Of).ToList();
        var naming = reports.FindAll(report => report.Children("imagingStudy").Any(reference => References.TryFollow(record, reference, out var named, out _) && named.Holder.Key == study.Holder.Key));
        return naming.Count > 0 ? naming : reports.FindAll(report => !report.TryChild("imagingStudy", out _)
            && report.Holder.When?.Start is { } at && at == study.Holder.When?.Start && report.Holder.Categories.Any(category => ReportCategories.Is("Radiology", category)));
    }
}
