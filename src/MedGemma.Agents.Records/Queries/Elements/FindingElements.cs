namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads what is said of a diagnosis, a procedure, a study or a relative beside its name: certainty, stage, outcome, modality, relationship.</summary>
internal static class FindingElements
{
    /// <summary>The values of the element.</summary>
    public static IEnumerable<ElementValue> Read(ElementCursor resource, ResultElement element) => element switch
    {
        ResultElement.Stage => Named(resource.Descend("stage", "summary")),
        ResultElement.OnsetAge => References.TypeOf(resource) == "FamilyMemberHistory"
            ? resource.Children("condition").SelectMany(condition => Onset(condition).Select(age => age with { Label = Name(condition) }))
            : Onset(resource),
        ResultElement.Outcome => Named(resource.Children("outcome").Concat(resource.Children("achievementStatus")).Concat(resource.Descend("activity", "outcomeCodeableConcept"))),
        ResultElement.Complication => Named(resource.Children("complication")),
        ResultElement.Modality => Modalities(resource),
        ResultElement.Activity => Activities(resource),
        ResultElement.Relationship => Named(resource.Children("relationship")),
        _ => throw new ArgumentOutOfRangeException(nameof(element), element, "An element that is read elsewhere"),
    };

    /// <summary>What a plan consists of; what it says of itself where no activities are listed.</summary>
    private static IEnumerable<ElementValue> Activities(ElementCursor plan)
    {
        var listed = Named(plan.Descend("activity", "detail", "code")).Concat(plan.Descend("activity", "detail", "description").Select(text => text.ToValue()))
            .DistinctBy(value => value.Value.GetString()).ToList();
        return listed.Count > 0 ? listed : plan.Children("description").Select(text => text.ToValue());
    }

    private static IEnumerable<ElementValue> Onset(ElementCursor holder) =>
        !holder.TryChoice("onset", out var onset, out var type) ? []
        : type is "Age" or "Range" ? Quantities.ReadChoice(onset, type)
        : type == "string" ? [onset.ToValue()] : [];

    private static string? Name(ElementCursor condition) => condition.Children("code").Select(CodeableConcepts.Name).FirstOrDefault()?.Value.GetString();

    /// <summary>The modalities of the study, else those of its series, each once.</summary>
    private static IEnumerable<ElementValue> Modalities(ElementCursor resource)
    {
        var own = Named(resource.Children("modality")).ToList();
        return own.Count > 0 ? own : Named(resource.Descend("series", "modality")).DistinctBy(value => value.Value.GetString());
    }

    private static IEnumerable<ElementValue> Named(IEnumerable<ElementCursor> concepts) => concepts.Select(CodeableConcepts.Name).OfType<ElementValue>();
}
