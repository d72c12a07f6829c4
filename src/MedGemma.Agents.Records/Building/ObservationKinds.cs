using System.Text.Json;
using MedGemma.Agents.Records.Building.Families;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Building;

/// <summary>What kind of observation it is: by category, and for microbiology and fluid balance by the system of its code.</summary>
internal static class ObservationKinds
{
    public static void Classify(ResourceDraft draft)
    {
        var microbiology = false;
        foreach (var category in draft.Categories)
        {
            switch (category.Code)
            {
                case "laboratory" or "LAB":
                    draft.Is(RecordKind.LaboratoryResult);
                    break;
                case "vital-signs" or "vital-sign":
                    draft.Is(RecordKind.VitalSign);
                    break;
                case "social-history":
                    draft.Is(RecordKind.SocialHistory);
                    break;
                case "MB" or "microbiology" or "LP7819-8":
                    microbiology = true;
                    break;
                default:
                    ByName(draft, category.Code ?? category.Display);
                    break;
            }
        }

        if (draft.Concept is not { } concept)
            return;

        foreach (var coding in concept.Codings)
            ByCode(draft, coding);

        ByWords(draft, concept);

        var isMicrobiology = draft.HasKind(RecordKind.MicrobiologyTest) || draft.HasKind(RecordKind.Organism) || draft.HasKind(RecordKind.Susceptibility);
        if (microbiology && !isMicrobiology && draft[ObservationFamily.Specimen].ValueKind == JsonValueKind.Object)
            draft.Is(RecordKind.MicrobiologyTest);
    }

    private static void ByName(ResourceDraft draft, string? category)
    {
        if (string.Equals(category, "output", StringComparison.OrdinalIgnoreCase))
            draft.Is(RecordKind.Output);
        else if (string.Equals(category, "drains", StringComparison.OrdinalIgnoreCase) && draft[ObservationFamily.Quantity].ValueKind == JsonValueKind.Object)
            draft.Is(RecordKind.Output);
        else if (string.Equals(category, "intake", StringComparison.OrdinalIgnoreCase))
            draft.Is(RecordKind.Intake);
    }

    /// <summary>Local codes and bare texts say by their names what LOINC says by its codes: "Cefepime susceptibility", "Ampicillin [Susceptibility] by MIC".</summary>
    private static void ByWords(ResourceDraft draft, CodedConcept concept)
    {
        if (concept.Name is { } name && (name.Contains("[Susceptibility]", StringComparison.OrdinalIgnoreCase) || name.EndsWith(" susceptibility", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Susceptibility to ", StringComparison.OrdinalIgnoreCase)))
            draft.Is(RecordKind.Susceptibility);
    }

    private static void ByCode(ResourceDraft draft, Coding coding)
    {
        if (coding.System is not { } system)
            return;

        if (system.EndsWith("microbiology-test", StringComparison.Ordinal))
            draft.Is(RecordKind.MicrobiologyTest);
        else if (system.EndsWith("microbiology-organism", StringComparison.Ordinal))
            draft.Is(RecordKind.Organism);
        else if (system.EndsWith("microbiology-antibiotic", StringComparison.Ordinal))
            draft.Is(RecordKind.Susceptibility);
        else if (system == "http://loinc.org")
            ByLoinc(draft, coding);
    }

    private static void ByLoinc(ResourceDraft draft, Coding coding)
    {
        // Cultures whose value is the organism (LOINC component "Bacteria identified"), and drug susceptibilities (LOINC property Susc).
        if (coding.Code is "600-7" or "630-4" or "634-6" or "635-3" or "6463-4" or "17928-3"
            || coding.Display is { } culture && (culture.StartsWith("Bacteria identified", StringComparison.OrdinalIgnoreCase)
                || culture.StartsWith("Fungus identified", StringComparison.OrdinalIgnoreCase) || culture.StartsWith("Microorganism identified", StringComparison.OrdinalIgnoreCase)))
            draft.Is(RecordKind.MicrobiologyTest);
        else if (coding.Display?.EndsWith("[Susceptibility]", StringComparison.OrdinalIgnoreCase) == true)
            draft.Is(RecordKind.Susceptibility);

        // Smoking and tobacco, alcohol, occupation, housing: not every source gives them the category.
        if (coding.Code is "72166-2" or "11367-0" or "63640-7" or "88031-0" or "11331-6" or "74013-4" or "11341-5" or "67875-5" or "71802-3" or "63512-8")
            draft.Is(RecordKind.SocialHistory);

        // Class IO_OUT and IO_IN of https://loinc.org: single and 24 hour volumes.
        if (coding.Code is "9187-6" or "9192-6" or "9262-7")
            draft.Is(RecordKind.Output);
        else if (coding.Code is "9108-2")
            draft.Is(RecordKind.Intake);
        else if (coding.Display is { } display && (display.StartsWith("Fluid output", StringComparison.OrdinalIgnoreCase) || display.StartsWith("Urine output", StringComparison.OrdinalIgnoreCase)))
            draft.Is(RecordKind.Output);
        else if (coding.Display is { } intake && intake.StartsWith("Fluid intake", StringComparison.OrdinalIgnoreCase))
            draft.Is(RecordKind.Intake);
    }
}
