using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>What <see cref="RecordSelection.Via"/> is compared with: codes and displays of the admission source, the location's name, the specimen's type, the organism tested and the culture it grew in, how a relative is related.</summary>
internal static class ViaWords
{
    public static IEnumerable<string> Of(PatientRecord record, Finding finding)
    {
        var at = ElementCursor.Of(finding.Resource);
        if (finding.Resource.Key.Type == "FamilyMemberHistory")
            return at.Children("relationship").SelectMany(Words).SelectMany(Relatives.WithWider);

        if (finding.Resource.Key.Type != "Encounter")
        {
            var specimens = SpecimenTypes(record, at, 0).SelectMany(Words);
            return finding.Resource.Kinds.Contains(RecordKind.Susceptibility) ? specimens.Concat(GrownFrom(record, at, 0)) : specimens;
        }

        return finding.Part >= 0
            ? PeopleAndPlaces.Locations(record, at, finding.Part).Select(name => name.Value.GetString()).OfType<string>()
            : at.Descend("hospitalization", "admitSource").SelectMany(Words);
    }

    /// <summary>Whether the finding says it, but in a resource that is not here.</summary>
    public static bool IsBroken(PatientRecord record, Finding finding)
    {
        var at = ElementCursor.Of(finding.Resource);
        var references = finding.Part >= 0
            ? at.Children("location").Skip(finding.Part).Take(1).SelectMany(unit => unit.Children("location"))
            : at.Children("specimen");
        return references.Any(reference => !References.TryFollow(record, reference, out _, out _));
    }

    private static IEnumerable<ElementCursor> SpecimenTypes(PatientRecord record, ElementCursor resource, int depth)
    {
        var own = resource.Children("specimen")
            .SelectMany(specimen => References.TryFollow(record, specimen, out var target, out _) ? target.Children("type") : [])
            .ToList();
        if (own.Count > 0 || depth == 2)
            return own;

        return resource.Children("derivedFrom")
            .SelectMany(parent => References.TryFollow(record, parent, out var target, out _) ? SpecimenTypes(record, target, depth + 1) : []);
    }

    private static IEnumerable<string> GrownFrom(PatientRecord record, ElementCursor resource, int depth) => depth == 2
        ? []
        : resource.Children("derivedFrom").SelectMany(parent => References.TryFollow(record, parent, out var target, out _)
            ? target.Children("code").SelectMany(Words)
                .Concat(target.TryChoice("value", out var grown, out var type) && type == "CodeableConcept" ? Words(grown) : [])
                .Concat(GrownFrom(record, target, depth + 1))
            : []);

    private static IEnumerable<string> Words(ElementCursor concept) =>
        concept.Children("text")
            .Concat(concept.Descend("coding", "code"))
            .Concat(concept.Descend("coding", "display"))
            .Select(word => word.Text)
            .OfType<string>();
}
