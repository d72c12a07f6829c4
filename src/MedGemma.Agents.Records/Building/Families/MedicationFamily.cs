namespace MedGemma.Agents.Records.Building.Families;

/// <summary>Medication orders, statements, administrations and dispenses, and immunizations.</summary>
internal static class MedicationFamily
{
    public const int Dosage = Slots.Detail;
    private const string Inline = "medicationCodeableConcept";
    private const string Reference = "medicationReference";

    public static TypeShape[] Shapes { get; } =
    [
        new("MedicationRequest", status: ["status", "intent", "doNotPerform"], concept: [Inline, Reference], category: ["category"], encounter: "encounter",
            time: ["authoredOn"], recorded: ["authoredOn"]),
        new("MedicationStatement", status: ["status"], concept: [Inline, Reference], category: ["category"], encounter: "context",
            time: ["effectivePeriod", "effectiveDateTime", "dateAsserted"], recorded: ["dateAsserted"], isState: true),
        new("MedicationAdministration", status: ["status"], concept: [Inline, Reference], category: ["category"], encounter: "context",
            time: ["effectiveDateTime", "effectivePeriod"], detail: ["dosage"]),
        new("MedicationDispense", status: ["status"], concept: [Inline, Reference], category: ["category"], encounter: "context",
            time: ["whenHandedOver", "whenPrepared"]),
        new("Immunization", status: ["status"], concept: ["vaccineCode"], encounter: "encounter", time: ["occurrenceDateTime", "recorded"], recorded: ["recorded"]),
        new("ImmunizationEvaluation", status: ["status"], concept: ["targetDisease"], time: ["date"], recorded: ["date"]),
        new("ImmunizationRecommendation", time: ["date"], recorded: ["date"]),
        new("Medication", concept: ["code"]),
    ];
}
