namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads what is recorded of a relative (FamilyMemberHistory): the diseases, one by one, and whether, when or at what age he died.</summary>
internal static class RelativeElements
{
    private const string Type = "FamilyMemberHistory";

    /// <summary>The disease that a part of a family history stands for, or null for the whole and for other resources.</summary>
    public static ElementCursor? ConditionOf(ElementCursor resource, int part) =>
        part >= 0 && References.TypeOf(resource) == Type ? resource.Children("condition").Skip(part).Select(condition => (ElementCursor?)condition).FirstOrDefault() : null;

    /// <summary>What a disease is called, under the relative who had it.</summary>
    public static IEnumerable<ElementValue> Name(ElementCursor resource, ElementCursor condition)
    {
        var relative = RelationOf(resource);
        return condition.Children("code").Select(CodeableConcepts.Name).OfType<ElementValue>().Select(value => value with { Label = relative });
    }

    /// <summary>At what age one disease began, or all of them, each under its name.</summary>
    public static IEnumerable<ElementValue> OnsetAges(ElementCursor resource, int part)
    {
        var conditions = ConditionOf(resource, part) is { } one ? [one] : resource.Children("condition");
        return conditions.SelectMany(condition => FindingElements.Onset(condition).Select(age => age with { Label = $"{RelationOf(resource)}, {NameOf(condition)}" }));
    }

    /// <summary>Whether he died (a flag), when (a date or words), or at what age (a quantity or a range), under the relation.</summary>
    public static IEnumerable<ElementValue> Deceased(ElementCursor resource)
    {
        if (!resource.TryChoice("deceased", out var deceased, out var type))
            return [];

        var relative = RelationOf(resource);
        return (type is "Age" or "Range" ? Quantities.ReadChoice(deceased, type) : [deceased.ToValue()]).Select(value => value with { Label = relative });
    }

    /// <summary>At what age he died, as a quantity, a range or in words; nothing where only that he died, or the day, is recorded.</summary>
    public static IEnumerable<ElementValue> AgesAtDeath(ElementCursor resource) =>
        resource.TryChoice("deceased", out _, out var type) && type is "Age" or "Range" or "string" ? Deceased(resource) : [];

    private static string? RelationOf(ElementCursor resource) => resource.Children("relationship").Select(CodeableConcepts.Name).FirstOrDefault()?.Value.GetString();

    private static string? NameOf(ElementCursor condition) => condition.Children("code").Select(CodeableConcepts.Name).FirstOrDefault()?.Value.GetString();
}
