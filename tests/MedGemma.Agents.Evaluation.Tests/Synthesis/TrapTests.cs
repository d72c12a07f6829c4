using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.Tests.Synthesis;

public sealed class TrapTests
{
    /// <summary>Each trap with what its resource must look like, so that a label without a trap is found out.</summary>
    public static TheoryData<string, Func<Resource, bool>> Kinds => new()
    {
        { "entered-in-error", IsMistake },
        { "not-done", resource => resource is Procedure { Status: EventStatus.NotDone } or Immunization { Status: Immunization.ImmunizationStatusCodes.NotDone } or MedicationAdministration { Status: MedicationAdministration.MedicationAdministrationStatusCodes.NotDone } },
        { "not-taken", resource => resource is MedicationStatement { Status: MedicationStatement.MedicationStatusCodes.NotTaken } },
        { "cancelled", resource => resource is Observation { Status: ObservationStatus.Cancelled } or ServiceRequest { Status: RequestStatus.Revoked } or MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.Cancelled } },
        { "draft", resource => resource is MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.Draft } },
        { "do-not-perform", resource => resource is MedicationRequest { DoNotPerform: true } },
        { "refuted", resource => Verified(resource, "refuted") },
        { "provisional", resource => Verified(resource, "provisional") },
        { "differential", resource => Verified(resource, "differential") },
        { "unconfirmed", resource => Verified(resource, "unconfirmed") },
        { "preliminary", resource => resource is Observation { Status: ObservationStatus.Preliminary } or DiagnosticReport { Status: DiagnosticReport.DiagnosticReportStatus.Preliminary } },
        { "superseded", resource => resource is DocumentReference { Status: DocumentReferenceStatus.Superseded } },
        { "amended", resource => resource is Observation { Status: ObservationStatus.Amended } or DiagnosticReport { Status: DiagnosticReport.DiagnosticReportStatus.Amended } },
        { "not-given-method", resource => resource is MedicationAdministration { Status: MedicationAdministration.MedicationAdministrationStatusCodes.Completed, Dosage.Method.Text: "Not Given" or "Hold Dose" } },
        { "family-history-code", resource => resource is Condition { Code: { } code } && code.Coding[0].Code == "Z80.3" },
        { "personal-history-code", resource => resource is Condition { Code: { } code } && code.Coding[0].Code == "Z86.73" },
        { "no-clinical-status", resource => resource is Condition { ClinicalStatus: null } },
        { "social-finding", resource => resource is Condition { Code: { } code } && code.Coding[0].Code is "160903007" or "73595000" },
        { "stale-active-order", resource => resource is MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.Active } order && string.CompareOrdinal(order.AuthoredOn, "2018") < 0 },
        { "stopped-without-date", resource => resource is MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.Stopped, DispenseRequest: null } },
        { "inpatient-order-without-end", resource => resource is MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.Active, Encounter: not null } },
        { "active-after-death", resource => resource is MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.Active } },
        { "partial-date-year", resource => resource is Procedure { Performed: FhirDateTime { Value.Length: 4 } } },
        { "partial-date-month", resource => resource is Procedure { Performed: FhirDateTime { Value.Length: 7 } } },
        { "midnight-date-only", resource => resource is Procedure { Performed: FhirDateTime { Value: { } text } } && text.Contains("T00:00:00", StringComparison.Ordinal) },
        { "comparator", resource => resource is Observation { Value: Quantity { Comparator: Quantity.QuantityComparator.LessThan } } },
        { "disagreeing-values", resource => resource is Observation { Value: Quantity } },
        { "implausible-unit", resource => resource is Observation { Value: Quantity { Code: "[degF]", Value: < 50 } } },
        { "mixed-units", resource => resource is Observation { Value: Quantity { Code: "mmol/L" or "mmol/mol" } } },
        { "data-absent-reason", resource => resource is Observation { Value: null, DataAbsentReason: not null } },
        { "urn-uuid-reference", resource => resource is Patient },
        { "restricted", resource => resource.Meta?.Security.Any(label => label.Code == "R") == true },
        { "link-to-related-person", resource => resource is Patient patient && patient.Link.Any(link => link.Other.Type == "RelatedPerson") },
        { "uncategorised", resource => resource is Observation { Category.Count: 0 } },
        { "category-exam", resource => resource is Observation { Category: [{ Coding: [{ Code: "exam" }] }] } },
        { "coded-no-known-allergy", resource => resource is AllergyIntolerance { Code: { } code } && code.Coding[0].Code == "716186003" },
        { "focus-on-fetus", resource => resource is Observation { Focus.Count: 1 } },
        { "brand-name", resource => resource is MedicationRequest { Medication: CodeableConcept { Text: "Tylenol" } } },
        { "after-as-of", resource => resource is Observation { Effective: FhirDateTime } },
        { "note-disagrees", resource => resource is DocumentReference },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Each_trap_is_planted_and_is_what_its_label_says(string trap, Func<Resource, bool> holds)
    {
        var planted = Planted(SyntheticPatients.Eight).Where(one => one.Trap.Trap == trap).ToList();
        Assert.NotEmpty(planted);
        Assert.All(planted, one => Assert.True(holds(one.Resource), one.Trap.Reference));
    }

    [Fact]
    public void No_kind_of_trap_is_left_unchecked() =>
        Assert.Equal(
            Planted(SyntheticPatients.All).Select(one => one.Trap.Trap).Distinct().Order(StringComparer.Ordinal),
            Kinds.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Fact]
    public void The_disagreeing_values_are_of_one_instant_and_differ()
    {
        foreach (var patient in SyntheticPatients.Eight)
        {
            var pair = Planted([patient]).Where(one => one.Trap.Trap == "disagreeing-values").Select(one => (Observation)one.Resource).ToList();
            Assert.Equal(2, pair.Count);
            Assert.Equal(((FhirDateTime)pair[0].Effective!).Value, ((FhirDateTime)pair[1].Effective!).Value);
            Assert.NotEqual(((Quantity)pair[0].Value!).Value, ((Quantity)pair[1].Value!).Value);
        }
    }

    private static IEnumerable<(PlantedTrap Trap, Resource Resource)> Planted(IEnumerable<SyntheticPatient> patients)
    {
        foreach (var patient in patients)
        {
            var resources = patient.Resources.ToDictionary(SyntheticPatients.Name);
            foreach (var trap in patient.Traps)
                yield return (trap, resources[trap.Reference]);
        }
    }

    private static bool Verified(Resource resource, string code) =>
        resource is Condition { VerificationStatus: { } status } && status.Coding[0].Code == code;

    private static bool IsMistake(Resource resource) => Verified(resource, "entered-in-error")
        || resource is Observation { Status: ObservationStatus.EnteredInError } or Procedure { Status: EventStatus.EnteredInError }
            or MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.EnteredInError };
}
