using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Building;

/// <summary>Finds what a resource is about: its own CodeableConcept, or that of the Medication or Device it references.</summary>
internal static class ConceptReading
{
    private const int IngredientDepth = 3;

    public static CodedConcept? Read(ResourceDraft draft, BuildScope scope)
    {
        var names = draft.Shape.Concept;
        for (var i = 0; i < names.Length; i++)
        {
            var element = draft[Slots.Concept + i];
            var path = draft.Shape.ConceptPaths[i];
            var found = element.ValueKind switch
            {
                JsonValueKind.Array => OfList(element, path, draft, scope),
                JsonValueKind.Object when element.TryGetProperty("reference"u8, out var reference) => Follow(scope.Pool.Text(reference), path, element, draft, scope),
                JsonValueKind.Object or JsonValueKind.String => Own(element, path, draft, scope),
                _ => null,
            };
            if (found is not null)
                return found;
        }

        return null;
    }

    private static CodedConcept? Own(JsonElement element, string path, ResourceDraft draft, BuildScope scope)
    {
        var (codings, text) = scope.Pool.Read(element);
        return codings.Length == 0 && text is null ? null : new CodedConcept(Frozen(codings), text, draft.Key, path);
    }

    private static CodedConcept? OfList(JsonElement list, string path, ResourceDraft draft, BuildScope scope)
    {
        var index = 0;
        CodedConcept? first = null;
        foreach (var element in list.EnumerateArray())
        {
            if (Own(element, path, draft, scope) is { } found)
            {
                // US Core puts "assess-plan" in front of what a care plan is about: https://hl7.org/fhir/us/core/STU6.1/StructureDefinition-us-core-careplan.html
                found = found with { Path = $"{path}[{index}]" };
                if (found.Codings.IsEmpty || found.Codings[0].Code != "assess-plan")
                    return found;

                first ??= found;
            }

            index++;
        }

        return first;
    }

    private static CodedConcept? Follow(string? reference, string path, JsonElement element, ResourceDraft draft, BuildScope scope)
    {
        if (reference is { Length: > 1 } && reference[0] == '#')
        {
            var id = reference[1..];
            return TryContained(draft.Json, id, out var contained)
                ? OfTarget(contained, draft.Key, $"{draft.Key.Type}.contained.where(id='{id.Replace("'", "\\'", StringComparison.Ordinal)}')", draft.Json, scope)
                : null;
        }

        if (scope.Resolve(reference) is { } key && scope.TryGet(key, out var target))
            return OfTarget(target, key, key.Type, default, scope);

        // The target was not supplied: what the reference itself calls it is all that is known.
        return element.TryGetProperty("display"u8, out var display) && scope.Pool.Text(display) is { } name
            ? new CodedConcept([], name, draft.Key, path + ".display")
            : null;
    }

    internal static CodedConcept? OfTarget(JsonElement target, ResourceKey holder, string root, JsonElement container, BuildScope scope)
    {
        var codings = new List<Coding>();
        string? text = null;
        var path = root + ".identifier";
        if (target.ValueKind == JsonValueKind.Object && (target.TryGetProperty("code"u8, out var code) || target.TryGetProperty("type"u8, out code)))
        {
            var (own, ownText) = scope.Pool.Read(code);
            codings.AddRange(own);
            text = ownText;
            path = $"{root}.{(target.TryGetProperty("code"u8, out _) ? "code" : "type")}";
        }

        AddIdentifiers(target, codings, scope);
        AddIngredients(target, container, codings, IngredientDepth, scope);
        return codings.Count == 0 && text is null ? null : new CodedConcept([.. codings], text, holder, path);
    }

    /// <summary>Identifiers of a Medication are codes in all but name: MIMIC keeps the NDC, the formulary code and the drug's name there.</summary>
    private static void AddIdentifiers(JsonElement target, List<Coding> codings, BuildScope scope)
    {
        if (!target.TryGetProperty("identifier"u8, out var identifiers) || identifiers.ValueKind != JsonValueKind.Array)
            return;

        foreach (var identifier in identifiers.EnumerateArray())
        {
            if (identifier.ValueKind != JsonValueKind.Object || !identifier.TryGetProperty("value"u8, out var value) || scope.Pool.Text(value) is not { } text)
                continue;

            var system = identifier.TryGetProperty("system"u8, out var uri) ? scope.Pool.Text(uri) : null;
            var isName = system is not null && system.EndsWith("-name", StringComparison.Ordinal);
            Add(codings, new Coding(system, text, isName ? text : null));
        }
    }

    /// <summary>A mix is about each of its ingredients.</summary>
    private static void AddIngredients(JsonElement target, JsonElement container, List<Coding> codings, int depth, BuildScope scope)
    {
        if (depth == 0 || !target.TryGetProperty("ingredient"u8, out var ingredients) || ingredients.ValueKind != JsonValueKind.Array)
            return;

        foreach (var ingredient in ingredients.EnumerateArray())
        {
            if (ingredient.ValueKind != JsonValueKind.Object)
                continue;

            if (ingredient.TryGetProperty("itemCodeableConcept"u8, out var concept))
            {
                foreach (var coding in scope.Pool.Read(concept).Codings)
                    Add(codings, coding);
            }
            else if (ingredient.TryGetProperty("itemReference"u8, out var item) && item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("reference"u8, out var reference) && TryTarget(scope.Pool.Text(reference), container, scope, out var inner))
            {
                if (inner.TryGetProperty("code"u8, out var code))
                {
                    foreach (var coding in scope.Pool.Read(code).Codings)
                        Add(codings, coding);
                }

                AddIdentifiers(inner, codings, scope);
                AddIngredients(inner, container, codings, depth - 1, scope);
            }
        }
    }

    private static bool TryTarget(string? reference, JsonElement container, BuildScope scope, out JsonElement target)
    {
        if (reference is { Length: > 1 } && reference[0] == '#')
            return TryContained(container, reference[1..], out target);

        target = default;
        return scope.Resolve(reference) is { } key && scope.TryGet(key, out target);
    }

    internal static bool TryContained(JsonElement container, string id, out JsonElement target)
    {
        target = default;
        if (container.ValueKind != JsonValueKind.Object || !container.TryGetProperty("contained"u8, out var list) || list.ValueKind != JsonValueKind.Array)
            return false;

        foreach (var contained in list.EnumerateArray())
        {
            if (contained.ValueKind == JsonValueKind.Object && contained.TryGetProperty("id"u8, out var own) && own.ValueEquals(id))
            {
                target = contained;
                return true;
            }
        }

        return false;
    }

    private static void Add(List<Coding> codings, Coding coding)
    {
        for (var i = 0; i < codings.Count; i++)
        {
            if (codings[i].System == coding.System && codings[i].Code == coding.Code)
                return;
        }

        codings.Add(coding);
    }

    private static ImmutableArray<Coding> Frozen(Coding[] codings) => ImmutableCollectionsMarshal.AsImmutableArray(codings);
}
