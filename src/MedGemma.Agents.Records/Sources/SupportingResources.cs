using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Records.Sources;

/// <summary>Gathers the supporting resources that a patient's own point at, and those that these point at in turn: a role, its practitioner, its organization.</summary>
internal static class SupportingResources
{
    /// <summary>Sets apart the Binary resources whose security context is the patient: theirs alone to see, yet only a document's content.</summary>
    /// <param name="resources">Everything that belongs to one patient.</param>
    public static (List<RawResource> Own, List<RawResource> Secured) Divide(List<RawResource> resources) =>
        (resources.FindAll(static resource => resource.Key.Type != "Binary"), resources.FindAll(static resource => resource.Key.Type == "Binary"));

    /// <summary>Follows references from the patient's resources.</summary>
    /// <param name="resources">The patient's resources.</param>
    /// <param name="find">Gives the supporting resource of a <c>Type/id</c> or <c>fullUrl</c>, or null; must never give one that belongs to a patient.</param>
    public static List<RawResource> Follow(IEnumerable<RawResource> resources, Func<string, RawResource?> find)
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in resources)
            ReferenceScanner.Collect(resource.Json.Span, references);

        var found = new Dictionary<ResourceKey, RawResource>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = references;
        while (next.Count > 0)
        {
            var further = new HashSet<string>(StringComparer.Ordinal);
            foreach (var reference in next)
            {
                if (!seen.Add(reference))
                    continue;

                var target = find(reference) ?? (ResourceKey.TryParse(reference, out var key) ? find(key.ToString()) : null);
                if (target is not null && found.TryAdd(target.Key, target))
                    ReferenceScanner.Collect(target.Json.Span, further);
            }

            next = further;
        }

        return [.. found.Values];
    }
}
