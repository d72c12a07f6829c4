using MedGemma.Agents.Records.Model;

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

    /// <summary>A dose that is recorded by the bare code of a product ("CEFE2I") is also found by what its order calls the drug.</summary>
    public static void RefineAdministration(ResourceDraft draft, BuildScope scope)
    {
        if (draft.Concept is not { Text: null } given || given.Codings.Any(IsNamed)
            || !draft.Json.TryGetProperty("request"u8, out var request) || scope.Resolve(request) is not { Type: "MedicationRequest" } key || !scope.TryGet(key, out var order))
            return;

        if (order.TryGetProperty("medicationCodeableConcept"u8, out var coded))
            draft.AddPart(coded, "MedicationAdministration.request.resolve().medication", scope.Pool);
        else if (order.TryGetProperty("medicationReference"u8, out var reference) && scope.Resolve(reference) is { } drug && scope.TryGet(drug, out var target)
            && ConceptReading.OfTarget(target, drug, "Medication", default, scope) is { } ordered)
            draft.Parts.Add(ordered);
    }

    // Some systems write the name itself as the code.
    private static bool IsNamed(Coding coding) => coding.Display is not null || coding.Code?.Any(char.IsAsciiLetterLower) == true;
}
