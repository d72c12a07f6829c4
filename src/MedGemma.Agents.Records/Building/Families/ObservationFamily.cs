using System.Text.Json;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Building.Families;

/// <summary>Observations and what belongs to them: reports, specimens, imaging, risk assessments.</summary>
internal static class ObservationFamily
{
    public const int Component = Slots.Detail;
    public const int Focus = Slots.Detail + 1;
    public const int Specimen = Slots.Detail + 2;
    public const int Quantity = Slots.Detail + 3;

    private const int Modality = Slots.Detail;

    private static readonly string[] Effective = ["effectiveDateTime", "effectivePeriod", "effectiveInstant", "effectiveTiming"];

    public static TypeShape[] Shapes { get; } =
    [
        new("Observation", status: ["status"], concept: ["code"], category: ["category"], encounter: "encounter", time: [.. Effective, "issued"], recorded: ["issued"],
            detail: ["component", "focus", "specimen", "valueQuantity"]),
        new("DiagnosticReport", status: ["status"], concept: ["code"], category: ["category"], encounter: "encounter", time: [.. Effective, "issued"], recorded: ["issued"]),
        new("Specimen", status: ["status"], concept: ["type"], time: ["collection", "receivedTime"], recorded: ["receivedTime"]),
        new("ImagingStudy", status: ["status"], concept: ["procedureCode", "description", "modality"], encounter: "encounter", time: ["started"],
            detail: ["modality"]),
        new("Media", status: ["status"], concept: ["type", "modality"], encounter: "encounter", time: ["createdDateTime", "createdPeriod", "issued"], recorded: ["issued"]),
        new("RiskAssessment", status: ["status"], concept: ["code"], encounter: "encounter", time: ["occurrenceDateTime", "occurrencePeriod"]),
        new("ClinicalImpression", status: ["status"], concept: ["code"], encounter: "encounter", time: ["effectiveDateTime", "effectivePeriod", "date"], recorded: ["date"]),
        new("MolecularSequence", concept: ["type"]),
        new("BodyStructure", concept: ["morphology", "location"]),
    ];

    /// <summary>An imaging study is also found by its modality: "CT" where the description says "thorax".</summary>
    public static void RefineImaging(ResourceDraft draft, ConceptPool pool)
    {
        if (draft[Modality].ValueKind != JsonValueKind.Array)
            return;

        var index = 0;
        foreach (var modality in draft[Modality].EnumerateArray())
        {
            if (modality.ValueKind == JsonValueKind.Object && draft.Concept?.Path != $"ImagingStudy.modality[{index}]")
                draft.AddPart(modality, $"ImagingStudy.modality[{index}]", pool);

            index++;
        }
    }

    /// <summary>Reads what only Observations have: components and the organism of a culture as things to be found by, and whom it is about when not the patient.</summary>
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

        if (draft.HasKind(RecordKind.MicrobiologyTest) && draft.Json.TryGetProperty("valueCodeableConcept"u8, out var grown) && grown.ValueKind == JsonValueKind.Object)
            draft.AddPart(grown, "Observation.value", pool);

        if (draft[Focus].ValueKind == JsonValueKind.Array && draft[Focus].GetArrayLength() > 0)
            draft.Judge(Status.Standing.CountsWithLabel, "about a focus other than the patient");
    }
}
