using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Building;

/// <summary>The last gate before a record: whatever a source filtered, every resource is checked to be the patient's.</summary>
internal static class SubjectCheck
{
    /// <summary>Demands that each resource is the patient's and that nothing supporting is another patient's.</summary>
    /// <exception cref="InvalidDataException">The source broke the isolation. The message names no id.</exception>
    public static void Demand(
        ResourceKey patient, List<(RawResource Raw, JsonElement Json)> own, List<(RawResource Raw, JsonElement Json)> supporting, BuildScope scope)
    {
        foreach (var (raw, json) in own)
        {
            if (!json.IsOf(raw.Key))
                throw new InvalidDataException($"A {raw.Key.Type} was supplied under a type or id that is not its own.");

            if (raw.Key != patient && !IsAbout(json, patient, own, scope))
                throw new InvalidDataException($"A {raw.Key.Type} was supplied whose subject is not the patient that was asked for.");
        }

        foreach (var (raw, json) in supporting)
        {
            if (scope.Resolve(SubjectReference.Find(json)) is { Type: "Patient" } other && other != patient)
                throw new InvalidDataException($"A supporting {raw.Key.Type} was supplied whose subject is another patient.");
        }
    }

    /// <summary>
    /// Whether the resource names the patient: by reference, by a search for an identifier that the patient has, or as the only patient among
    /// references that say no type.
    /// </summary>
    private static bool IsAbout(JsonElement json, ResourceKey patient, List<(RawResource Raw, JsonElement Json)> own, BuildScope scope)
    {
        var references = SubjectReference.FindAll(json);
        if (references is [var only] && ConditionalReference.TryParse(only, out var search))
            return own.Exists(resource => resource.Raw.Key == patient && search.Fits(resource.Json));

        return references.Any(reference => scope.Resolve(reference) == patient)
            && references.All(reference => scope.Resolve(reference) is not { Type: "Patient" } other || other == patient);
    }

    private static bool IsOf(this JsonElement json, ResourceKey key) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("resourceType"u8, out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals(key.Type)
        && (!json.TryGetProperty("id"u8, out var id) || (id.ValueKind == JsonValueKind.String && id.ValueEquals(key.Id)));
}
