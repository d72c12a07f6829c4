using System.Collections.Frozen;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Which kinds include others, and which kinds of resources are about different sorts of things.</summary>
internal static class KindFamilies
{
    private static readonly FrozenDictionary<RecordKind, RecordKind[]> Included = new Dictionary<RecordKind, RecordKind[]>
    {
        [RecordKind.Medication] =
            [RecordKind.MedicationRequest, RecordKind.MedicationStatement, RecordKind.MedicationAdministration, RecordKind.MedicationDispense, RecordKind.Intake],
        [RecordKind.Observation] =
        [
            RecordKind.LaboratoryResult, RecordKind.VitalSign, RecordKind.Output, RecordKind.MicrobiologyTest, RecordKind.Organism, RecordKind.Susceptibility, RecordKind.SocialHistory,
        ],
        [RecordKind.Encounter] = [RecordKind.HospitalStay, RecordKind.IcuStay, RecordKind.EmergencyVisit, RecordKind.OutpatientVisit],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<RecordKind, string> Families = new Dictionary<RecordKind, string>
    {
        [RecordKind.Medication] = "drug",
        [RecordKind.MedicationRequest] = "drug",
        [RecordKind.MedicationStatement] = "drug",
        [RecordKind.MedicationAdministration] = "drug",
        [RecordKind.MedicationDispense] = "drug",
        [RecordKind.Intake] = "drug",
        [RecordKind.Immunization] = "drug",
        [RecordKind.LaboratoryResult] = "measurement",
        [RecordKind.VitalSign] = "measurement",
        [RecordKind.DiagnosticReport] = "measurement",
        [RecordKind.MicrobiologyTest] = "microbiology",
        [RecordKind.Organism] = "microbiology",
        [RecordKind.Procedure] = "procedure",
        [RecordKind.ServiceRequest] = "procedure",
        [RecordKind.ImagingStudy] = "procedure",
    }.ToFrozenDictionary();

    /// <summary>The kinds asked for with all they include; null for any.</summary>
    public static IReadOnlySet<RecordKind>? Expand(IReadOnlyCollection<RecordKind> kinds)
    {
        if (kinds.Count == 0 || kinds.Contains(RecordKind.Any))
            return null;

        var expanded = new HashSet<RecordKind>(kinds);
        foreach (var kind in kinds)
            expanded.UnionWith(Included.GetValueOrDefault(kind, []));
        return expanded;
    }

    /// <summary>True for kinds whose concepts are drugs.</summary>
    public static bool IsDrug(RecordKind kind) => Families.GetValueOrDefault(kind) == "drug";

    /// <summary>True for laboratory results and vital signs.</summary>
    public static bool IsMeasurement(RecordKind kind) => Families.GetValueOrDefault(kind) == "measurement";

    /// <summary>The sorts of things that kinds are about. An Observation of no narrower kind is a measurement.</summary>
    public static HashSet<string> Of(IEnumerable<RecordKind> kinds)
    {
        var families = kinds.Where(kind => kind is not (RecordKind.Observation or RecordKind.Any)).Select(kind => Families.GetValueOrDefault(kind) ?? kind.ToString()).ToHashSet(StringComparer.Ordinal);
        if (families.Count == 0)
            families.Add("measurement");
        return families;
    }
}
