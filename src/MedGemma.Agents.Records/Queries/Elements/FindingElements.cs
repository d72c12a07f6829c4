namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads what is said of a diagnosis, a procedure, a study or a relative beside its name: certainty, stage, outcome, modality, relationship.</summary>
internal static class FindingElements
{
    /// <summary>The values of the element.</summary>
    public static IEnumerable<ElementValue> Read(ElementCursor resource, ResultElement element) => element switch
    {
        ResultElement.Stage => Named(resource.Descend("stage", "summary")),
        ResultElement.OnsetAge => Onset(resource),
        ResultElement.Outcome => Named(resource.Children("outcome").Concat(resource.Children("achievementStatus")).Concat(resource.Descend("activity", "outcomeCodeableConcept"))),
        ResultElement.Complication => Named(resource.Children("complication")),
        ResultElement.Modality => Modalities(resource),
        ResultElement.Activity => Activities(resource),
        ResultElement.Relationship => Named(resource.Children("relationship")),
        _ => throw new ArgumentOutOfRangeException(nameof(element), element, "An element that is read elsewhere"),
    };

    /// <summary>What a plan consists of but for what was called off; what it says of itself where no activities are listed.</summary>
    private static IEnumerable<ElementValue> Activities(ElementCursor plan)
    {
        var details = plan.Descend("activity", "detail").ToList();
        var listed = details.Where(detail => !(detail.TryChild("status", out var status) && status.Text is "cancelled" or "stopped" or "entered-in-error")).ToList();
        var named = Named(listed.SelectMany(detail => detail.Children("code"))).Concat(listed.SelectMany(detail => detail.Children("description")).Select(text => text.ToValue()))
            .DistinctBy(value => value.Value.GetString()).ToList();
        return details.Count > 0 ? named : plan.Children("description").Select(text => text.ToValue());
    }

    /// <summary>The age at which something began, where it is recorded as an age or in words.</summary>
    public static IEnumerable<ElementValue> Onset(ElementCursor holder) =>
        !holder.TryChoice("onset", out var onset, out var type) ? []
        : type is "Age" or "Range" ? Quantities.ReadChoice(onset, type)
        : type == "string" ? [onset.ToValue()] : [];

    /// <summary>The modalities of the study, else those of its series, each once.</summary>
    private static IEnumerable<ElementValue> Modalities(ElementCursor resource)
    {
        var own = Named(resource.Children("modality")).ToList();
        return own.Count > 0 ? own : Named(resource.Descend("series", "modality")).DistinctBy(value => value.Value.GetString());
    }

    private static IEnumerable<ElementValue> Named(IEnumerable<ElementCursor> concepts) => concepts.Select(CodeableConcepts.Name).OfType<ElementValue>();
}
