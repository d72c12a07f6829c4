using System.Globalization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>What the kinds of things are called in a sentence.</summary>
internal static class KindNames
{
    /// <summary>Singular and plural of a kind.</summary>
    public static (string One, string Many) Of(RecordKind kind) => kind switch
    {
        RecordKind.Any => ("entry", "entries"),
        RecordKind.Patient => ("patient", "patients"),
        RecordKind.Encounter => ("encounter", "encounters"),
        RecordKind.HospitalStay => ("hospital stay", "hospital stays"),
        RecordKind.IcuStay => ("ICU stay", "ICU stays"),
        RecordKind.EmergencyVisit => ("emergency visit", "emergency visits"),
        RecordKind.OutpatientVisit => ("outpatient visit", "outpatient visits"),
        RecordKind.CareUnit => ("care unit", "care units"),
        RecordKind.Condition => ("diagnosis", "diagnoses"),
        RecordKind.Allergy => ("allergy", "allergies"),
        RecordKind.Observation => ("observation", "observations"),
        RecordKind.LaboratoryResult => ("laboratory result", "laboratory results"),
        RecordKind.VitalSign => ("vital sign", "vital signs"),
        RecordKind.Output => ("output", "outputs"),
        RecordKind.MicrobiologyTest => ("microbiology test", "microbiology tests"),
        RecordKind.Organism => ("organism", "organisms"),
        RecordKind.Susceptibility => ("susceptibility result", "susceptibility results"),
        RecordKind.SocialHistory => ("social history entry", "social history entries"),
        RecordKind.DiagnosticReport => ("diagnostic report", "diagnostic reports"),
        RecordKind.Medication => ("medication entry", "medication entries"),
        RecordKind.MedicationRequest => ("prescription", "prescriptions"),
        RecordKind.MedicationStatement => ("medication statement", "medication statements"),
        RecordKind.MedicationAdministration => ("administration", "administrations"),
        RecordKind.Intake => ("intake", "intakes"),
        RecordKind.MedicationDispense => ("dispense", "dispenses"),
        RecordKind.Procedure => ("procedure", "procedures"),
        RecordKind.Immunization => ("immunization", "immunizations"),
        RecordKind.CarePlan => ("care plan", "care plans"),
        RecordKind.CareTeam => ("care team", "care teams"),
        RecordKind.Goal => ("goal", "goals"),
        RecordKind.ServiceRequest => ("service request", "service requests"),
        RecordKind.Appointment => ("appointment", "appointments"),
        RecordKind.Flag => ("flag", "flags"),
        RecordKind.List => ("list", "lists"),
        RecordKind.Consent => ("consent", "consents"),
        RecordKind.DetectedIssue => ("detected issue", "detected issues"),
        RecordKind.Document => ("document", "documents"),
        RecordKind.ImagingStudy => ("imaging study", "imaging studies"),
        RecordKind.Media => ("media item", "media items"),
        RecordKind.Specimen => ("specimen", "specimens"),
        RecordKind.Device => ("device", "devices"),
        RecordKind.FamilyHistory => ("family history entry", "family history entries"),
        RecordKind.QuestionnaireResponse => ("questionnaire response", "questionnaire responses"),
        RecordKind.Coverage => ("insurance", "insurances"),
        RecordKind.Claim => ("claim", "claims"),
        RecordKind.ExplanationOfBenefit => ("explanation of benefit", "explanations of benefit"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without a name"),
    };

    /// <summary>Several kinds: "prescriptions or administrations".</summary>
    public static string Joined(IEnumerable<RecordKind> kinds) => string.Join(" or ", kinds.Select(kind => Of(kind).Many));

    /// <summary>What a query looked for: "prescriptions of \"warfarin\"".</summary>
    public static string Subject(RecordQuery query, bool one)
    {
        var kinds = string.Join(" or ", query.Selection.Kinds.Select(kind => one ? Of(kind).One : Of(kind).Many));
        var selection = query.Selection;
        var subject = selection.IsOfCurrent ? $"active {kinds}" : kinds;
        if (selection.Categories.Count > 0)
            subject += $" of category {string.Join(" or ", selection.Categories)}";
        if (selection.Concepts.Count > 0)
            subject += $" of {string.Join(" or ", selection.Concepts)}";
        if (selection.Route is { } route)
            subject += $" by {route}";
        if (selection.Encounter is not null && selection.Kinds is not [RecordKind.MedicationStatement])
            subject += " of that encounter";
        if (selection.Via is { } via)
            subject += $" from {via}";
        if (selection.NoteText is { } words)
            subject += $" with the words {words}";
        if (selection.Statuses.Count > 0)
            subject += $" with status {string.Join(" or ", selection.Statuses)}";
        if (selection.Verifications.Count > 0)
            subject += $" recorded as {string.Join(" or ", selection.Verifications)}";
        if (selection.NotCounted.Count > 0)
            subject += $" recorded as {string.Join(" or ", selection.NotCounted)}";
        if (selection.Where is { } where)
            subject += where.Element == ResultElement.AsNeeded ? where.Words is ["false"] ? " other than as needed" : " as needed" : where.Words.Count == 0 ? $" with a {ElementNames.Of(where.Element)}" : $" with {ElementNames.Of(where.Element)} {where.Words[0]}";
        if (selection.WhereNot is { Words: [var left, ..] })
            subject += $" other than {left}";
        if (selection is { Encounter: not null, Window: null } && selection.Kinds is [RecordKind.MedicationStatement])
            subject += " of that visit";
        if (selection.WithinDaysOfPrevious is { } days)
            subject += $" within {days.ToString(CultureInfo.InvariantCulture)} days of a discharge";
        if (selection.BeganInWindow)
            subject += " that began";
        else if (selection.RecordedInWindow)
            subject += " that began or were recorded";
        return selection.Value is { } filter ? $"{subject} {Bound(filter)}" : subject;
    }

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string WithUnit(decimal number, string? unit) => unit is null ? Number(number) : $"{Number(number)} {unit}";

    private static string Bound(ValueFilter filter)
    {
        var bound = WithUnit(filter.Bound, filter.Unit);
        return filter.Comparison switch
        {
            ValueComparison.Above => $"above {bound}",
            ValueComparison.AtLeast => $"of at least {bound}",
            ValueComparison.Below => $"below {bound}",
            ValueComparison.AtMost => $"of at most {bound}",
            ValueComparison.Equal => $"of exactly {bound}",
            ValueComparison.Between => $"between {Number(filter.Bound)} and {WithUnit(filter.Upper!.Value, filter.Unit)}",
            ValueComparison.Outside => $"outside {Number(filter.Bound)} to {WithUnit(filter.Upper!.Value, filter.Unit)}",
            ValueComparison.Normal => "that are normal by the record",
            ValueComparison.Abnormal => "that are abnormal by the record",
            ValueComparison.AboveRange => "that are high by the record",
            ValueComparison.BelowRange => "that are low by the record",
            ValueComparison.Susceptible => "that are susceptible by the record",
            ValueComparison.Resistant => "that are resistant by the record",
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };
    }
}
