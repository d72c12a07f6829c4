using System.Runtime.InteropServices;
using System.Text.Json;
using MedGemma.Agents.Records.Building.Families;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Building;

/// <summary>
/// What kind of contact an Encounter was. A source's own identifiers decide before its class: MIMIC's hospital stays have the identifier
/// <c>encounter-hosp</c> and classes from AMB to EMER. Classes are those of <see href="https://terminology.hl7.org/ValueSet-v3-ActEncounterCode.html"/>.
/// </summary>
internal static class EncounterKinds
{
    public static void Classify(ResourceDraft draft, BuildScope scope)
    {
        if (draft[EncounterFamily.Location].ValueKind == JsonValueKind.Array && draft[EncounterFamily.Location].GetArrayLength() > 0)
            draft.Is(RecordKind.CareUnit);

        if (HasIdentifier(draft, "/encounter-hosp"u8))
        {
            draft.Is(RecordKind.HospitalStay);
            return;
        }

        if (HasIdentifier(draft, "/encounter-icu"u8))
        {
            draft.Is(RecordKind.IcuStay);
            return;
        }

        if (HasIdentifier(draft, "/encounter-ed"u8))
        {
            draft.Is(RecordKind.EmergencyVisit);
            return;
        }

        ByClass(draft, scope);
    }

    private static void ByClass(ResourceDraft draft, BuildScope scope)
    {
        var isPart = draft[EncounterFamily.PartOf].ValueKind == JsonValueKind.Object;
        if (isPart && IsIntensiveCare(draft, scope))
        {
            draft.Is(RecordKind.IcuStay);
            return;
        }

        switch (draft.Categories is [{ Code: { } code }, ..] ? code : null)
        {
            case "EMER":
                draft.Is(RecordKind.EmergencyVisit);
                // An emergency contact that belongs to no stay is itself an admission in sources (Synthea) that mark admissions by class alone.
                if (!isPart)
                    draft.Is(RecordKind.HospitalStay);
                break;
            case "IMP" or "ACUTE" or "NONAC" or "SS" or "OBSENC" when !isPart:
                draft.Is(RecordKind.HospitalStay);
                break;
            case "AMB" or "VR" or "HH" or "FLD":
                draft.Is(RecordKind.OutpatientVisit);
                break;
        }
    }

    private static bool IsIntensiveCare(ResourceDraft draft, BuildScope scope)
    {
        if (MentionsIntensiveCare(scope.Pool.Read(draft[EncounterFamily.ServiceType])))
            return true;

        if (draft[EncounterFamily.Location].ValueKind != JsonValueKind.Array)
            return false;

        foreach (var stay in draft[EncounterFamily.Location].EnumerateArray())
        {
            if (stay.ValueKind != JsonValueKind.Object || !stay.TryGetProperty("location"u8, out var location) || location.ValueKind != JsonValueKind.Object)
                continue;

            if (location.TryGetProperty("display"u8, out var display) && NamesIntensiveCare(scope.Pool.Text(display)))
                return true;

            if (scope.Resolve(location) is { } key && scope.TryGet(key, out var target)
                && ((target.TryGetProperty("name"u8, out var name) && NamesIntensiveCare(scope.Pool.Text(name)))
                    || (target.TryGetProperty("type"u8, out var types) && types.ValueKind == JsonValueKind.Array && AnyIntensiveCare(types, scope.Pool))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyIntensiveCare(JsonElement types, ConceptPool pool)
    {
        foreach (var type in types.EnumerateArray())
        {
            if (MentionsIntensiveCare(pool.Read(type)))
                return true;
        }

        return false;
    }

    private static bool MentionsIntensiveCare((Coding[] Codings, string? Text) concept)
    {
        if (NamesIntensiveCare(concept.Text))
            return true;

        foreach (var coding in concept.Codings)
        {
            // Location types of https://terminology.hl7.org/ValueSet-v3-ServiceDeliveryLocationRoleType.html
            if (coding.Code is "ICU" or "PEDICU" or "PEDNICU" or "CCU" || NamesIntensiveCare(coding.Display))
                return true;
        }

        return false;
    }

    /// <summary>Whether the name of a place says that it is an intensive care unit.</summary>
    public static bool NamesIntensiveCare(string? name)
    {
        if (name is null)
            return false;

        if (name.Contains("intensive care", StringComparison.OrdinalIgnoreCase))
            return true;

        var at = name.IndexOf("ICU", StringComparison.Ordinal);
        return at >= 0 && (at + 3 == name.Length || !char.IsLetter(name[at + 3]));
    }

    private static bool HasIdentifier(ResourceDraft draft, ReadOnlySpan<byte> systemEnd)
    {
        if (draft[EncounterFamily.Identifier].ValueKind != JsonValueKind.Array)
            return false;

        foreach (var identifier in draft[EncounterFamily.Identifier].EnumerateArray())
        {
            if (identifier.ValueKind != JsonValueKind.Object || !identifier.TryGetProperty("system"u8, out var system) || system.ValueKind != JsonValueKind.String)
                continue;

            var raw = JsonMarshal.GetRawUtf8Value(system);
            if (raw[..^1].EndsWith(systemEnd))
                return true;
        }

        return false;
    }
}
