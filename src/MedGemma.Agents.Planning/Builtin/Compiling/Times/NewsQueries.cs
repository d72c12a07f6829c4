using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>What began in a window, of every kind that a clinician who comes back to a patient looks for.</summary>
internal static class NewsQueries
{
    private static readonly RecordKind[] s_kinds =
    [
        RecordKind.HospitalStay, RecordKind.Condition, RecordKind.Allergy, RecordKind.MedicationRequest, RecordKind.Procedure, RecordKind.Immunization,
        RecordKind.DiagnosticReport, RecordKind.ImagingStudy, RecordKind.Document,
    ];

    /// <summary>The queries; each answers by itself, also that there is nothing.</summary>
    /// <param name="window">The time.</param>
    /// <param name="restsOn">Kinds that the time was itself chosen by.</param>
    public static IReadOnlyList<RecordQuery> In(QueryWindow window, IReadOnlyList<RecordKind> restsOn) =>
    [
        .. s_kinds.Select(kind => new RecordQuery(
            new RecordSelection { Kinds = [kind], Window = window, BeganInWindow = true, RestsOn = restsOn },
            new ListAggregate(Distinct: true),
            ResultElement.Name)),
        new RecordQuery(
            new RecordSelection { Kinds = [RecordKind.LaboratoryResult], Window = window, Value = new ValueFilter(ValueComparison.Abnormal, 0, null), RestsOn = restsOn },
            new ListAggregate()),
    ];
}
