using System.Text.Json;

namespace MedGemma.Agents.Records.Building.Families;

/// <summary>Conditions, allergies, family history and the safety notes beside them.</summary>
internal static class ConditionFamily
{
    public const int Abatement = Slots.Detail;
    public const int FamilyCondition = Slots.Detail;

    public static TypeShape[] Shapes { get; } =
    [
        new("Condition", status: ["clinicalStatus", "verificationStatus"], concept: ["code"], category: ["category"], encounter: "encounter",
            time: ["onsetDateTime", "onsetPeriod"], recorded: ["recordedDate"], detail: ["abatementDateTime", "abatementPeriod"], isState: true),
        new("AllergyIntolerance", status: ["clinicalStatus", "verificationStatus"], concept: ["code"], category: ["category"], encounter: "encounter",
            time: ["onsetDateTime", "onsetPeriod", "recordedDate"], recorded: ["recordedDate"], isState: true),
        new("FamilyMemberHistory", status: ["status"], concept: ["relationship"], time: ["date"], recorded: ["date"], detail: ["condition"]),
        new("Flag", status: ["status"], concept: ["code"], category: ["category"], encounter: "encounter", time: ["period"], isState: true),
        new("DetectedIssue", status: ["status"], concept: ["code"], time: ["identifiedDateTime", "identifiedPeriod"]),
        new("AdverseEvent", status: ["actuality"], concept: ["event"], category: ["category"], encounter: "encounter", time: ["date", "detected"], recorded: ["recordedDate"]),
    ];

    /// <summary>A condition ends with its abatement.</summary>
    public static void RefineCondition(ResourceDraft draft, BuildScope scope)
    {
        if (draft.When is not { } when || !draft.IsState || when.End is not null)
            return;

        var abatement = draft[Abatement];
        if (draft[Abatement + 1].ValueKind == JsonValueKind.Object && !draft[Abatement + 1].TryGetProperty("end"u8, out abatement))
            return;

        // An abatement before the onset is an error of the source: the onset stands, the abatement says nothing.
        if (TimeReading.TryParse(abatement, scope, out var ended, out _) && !(ended.End <= when.Start))
            draft.When = when with { End = ended.End };
    }

    /// <summary>A family member's conditions are found by their codes, but are the relative's.</summary>
    public static void RefineFamilyHistory(ResourceDraft draft, ConceptPool pool)
    {
        draft.Judge(Status.Standing.CountsWithLabel, "family history");
        if (draft[FamilyCondition].ValueKind != JsonValueKind.Array)
            return;

        var index = 0;
        foreach (var condition in draft[FamilyCondition].EnumerateArray())
        {
            if (condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("code"u8, out var code))
                draft.AddPart(code, $"FamilyMemberHistory.condition[{index}].code", pool);

            index++;
        }
    }
}
