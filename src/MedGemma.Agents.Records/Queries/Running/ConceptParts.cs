using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Tells which part of a resource a concept of the record speaks of: the whole, components of an Observation, or diseases of a relative.</summary>
internal static class ConceptParts
{
    /// <summary>The findings of a resource that are about the concept.</summary>
    public static IEnumerable<Finding> Of(RecordResource resource, ConceptEntry entry)
    {
        if (resource.Key.Type == "Observation" && !IsAbout(resource, entry))
        {
            var components = ElementCursor.Of(resource).Children("component")
                .Select((component, index) => (component, index))
                .Where(pair => pair.component.TryChild("code", out var code) && entry.Codings.Length + entry.Names.Length > 0 && Says(code, entry))
                .Select(pair => Findings.Component(resource, pair.index))
                .ToList();
            if (components.Count > 0)
                return components;
        }

        if (resource.Key.Type == "FamilyMemberHistory")
        {
            var diseases = ElementCursor.Of(resource).Children("condition")
                .Select((condition, index) => (condition, index))
                .Where(pair => pair.condition.TryChild("code", out var code) && Says(code, entry))
                .Select(pair => Findings.Component(resource, pair.index))
                .ToList();
            if (diseases.Count > 0)
                return diseases;
        }

        if (resource.Kinds.Contains(RecordKind.CareUnit))
        {
            var units = Findings.CareUnits(resource).Where(unit => IsNamed(resource, unit.Part, entry)).ToList();
            if (units.Count > 0)
                return units;
        }

        return [Findings.Whole(resource)];
    }

    /// <summary>Whether the main concept of a resource is the entry: the first codings agree, as further ones may be classes that different things share.</summary>
    public static bool IsAbout(RecordResource resource, ConceptEntry entry)
    {
        if (resource.Concept is not { } concept)
            return false;

        foreach (var coding in concept.Codings)
        {
            if (!string.IsNullOrEmpty(coding.Code))
                return entry.Codings.FirstOrDefault(own => !string.IsNullOrEmpty(own.Code)) is var first && first.Code == coding.Code && first.System == coding.System;
        }

        return concept.Name is { } name && entry.Names.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private static bool Says(ElementCursor code, ConceptEntry entry)
    {
        foreach (var coding in code.Children("coding"))
        {
            var system = coding.TryChild("system", out var uri) ? uri.Text : null;
            if (coding.TryChild("code", out var value) && entry.Codings.Any(own => own.Code == value.Text && own.System == system))
                return true;
        }

        return !code.Children("coding").Any() && code.TryChild("text", out var text)
            && text.Text is { } name && entry.Names.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsNamed(RecordResource encounter, int part, ConceptEntry entry) =>
        ElementCursor.Of(encounter).Children("location").Skip(part).Take(1)
            .SelectMany(unit => unit.Descend("location", "display"))
            .Any(display => display.Text is { } name && entry.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
}
