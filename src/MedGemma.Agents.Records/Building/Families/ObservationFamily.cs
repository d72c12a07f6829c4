using System.Text.Json;

namespace MedGemma.Agents.Records.Building.Families;

/// <summary>Observations and what belongs to them: reports, specimens, imaging, risk assessments.</summary>
internal static class ObservationFamily
{
    public const int Component = Slots.Detail;
    public const int Focus = Slots.Detail + 1;
    public const int Specimen = Slots.Detail + 2;
    public const int Quantity = Slots.Detail + 3;

    private static readonly string[] Effective = ["effectiveDateTime", "effectivePeriod", "effectiveInstant", "effectiveTiming"];

    public static TypeShape[] Shapes { get; } =
    [
        new("Observation", status: ["status"], concept: ["code"], category: ["category"], encounter: "encounter", time: [.. Effective, "issued"], recorded: ["issued"],
            detail: ["component", "focus", "specimen", "valueQuantity"]),
        new("DiagnosticReport", status: ["status"], concept: ["code"], category: ["category"], encounter: "encounter", time: [.. Effective, "issued"], recorded: ["issued"]),
        new("Specimen", status: ["status"], concept: ["type"], time: ["collection", "receivedTime"], recorded: ["receivedTime"]),
        new("ImagingStudy", status: ["status"], concept: ["procedureCode", "modality", "description"], encounter: "encounter", time: ["started"]),
        new("Media", status: ["status"], concept: ["type", "modality"], encounter: "encounter", time: ["createdDateTime", "createdPeriod", "issued"], recorded: ["issued"]),
        new("RiskAssessment", status: ["status"], concept: ["code"], encounter: "encounter", time: ["occurrenceDateTime", "occurrencePeriod"]),
        new("ClinicalImpression", status: ["status"], concept: ["code"], encounter: "encounter", time: ["effectiveDateTime", "effectivePeriod", "date"], recorded: ["date"]),
        new("MolecularSequence", concept: ["type"]),
        new("BodyStructure", concept: ["morphology", "location"]),
    ];

    /// <summary>Reads what only Observations have: components as things to be found by, and whom it is about when not the patient.</summary>
    public static void Refine(ResourceDraft draft, ConceptPool pool)
    {
        if (draft[Component].ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var component in draft[Component].EnumerateArray())
            {
                if (component.ValueKind == JsonValueKind.Object && component.TryGetProperty("code"u8, out var code))
                    draft.AddPart(code, $"Observation.component[{index}].code", pool);

                index++;
            }
        }

        if (draft[Focus].ValueKind == JsonValueKind.Array && draft[Focus].GetArrayLength() > 0)
            draft.Judge(Status.Standing.CountsWithLabel, "about a focus other than the patient");
    }
}
