using System.Text.Json;
using MedGemma.Agents.Records.Building.Families;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Building;

/// <summary>Decides whether a resource counts: its status elements by the table, then what hides elsewhere in it.</summary>
internal static class StandingReading
{
    public static void Read(ResourceDraft draft, ConceptPool pool)
    {
        var names = draft.Shape.Status;
        for (var i = 0; i < names.Length; i++)
        {
            var code = Code(draft[Slots.Status + i], pool);
            if (i == 0)
                draft.Status = code;

            var rule = StatusTable.Judge(draft.Key.Type, names[i], code ?? string.Empty);
            draft.Judge(rule.Standing, rule.Label);
        }
    }

    /// <summary>Reads what the codes themselves say; the concept must have been read.</summary>
    public static void ReadHidden(ResourceDraft draft, ConceptPool pool)
    {
        switch (draft.Key.Type)
        {
            case "Condition" or "Procedure" when draft.Concept is { } concept:
                foreach (var coding in concept.Codings)
                {
                    if (!HiddenMeanings.TryOfCode(coding, out var rule, out var isSocial))
                        continue;

                    draft.Judge(rule.Standing, rule.Label);
                    if (rule.Label == "family history")
                        draft.Is(RecordKind.FamilyHistory);
                    if (isSocial)
                        draft.Is(RecordKind.SocialHistory);
                }

                break;
            case "MedicationAdministration":
                ReadMethod(draft, pool);
                break;
        }
    }

    private static void ReadMethod(ResourceDraft draft, ConceptPool pool)
    {
        var dosage = draft[MedicationFamily.Dosage];
        if (dosage.ValueKind != JsonValueKind.Object || !dosage.TryGetProperty("method"u8, out var method))
            return;

        var (codings, text) = pool.Read(method);
        if (text is not null && HiddenMeanings.TryOfMethod(text, out var rule))
            draft.Judge(rule.Standing, rule.Label);

        foreach (var coding in codings)
        {
            if ((coding.Code is not null && HiddenMeanings.TryOfMethod(coding.Code, out rule))
                || (coding.Display is not null && HiddenMeanings.TryOfMethod(coding.Display, out rule)))
            {
                draft.Judge(rule.Standing, rule.Label);
            }
        }
    }

    private static string? Code(JsonElement element, ConceptPool pool) => element.ValueKind switch
    {
        JsonValueKind.String => pool.Text(element),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object => FirstCode(pool.Read(element)),
        _ => null,
    };

    private static string? FirstCode((Model.Coding[] Codings, string? Text) concept)
    {
        foreach (var coding in concept.Codings)
        {
            if (coding.Code is { Length: > 0 } code)
                return code;
        }

        return concept.Text;
    }
}
