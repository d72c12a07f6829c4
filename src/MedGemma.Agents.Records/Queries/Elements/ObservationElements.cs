using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads values, interpretation, reference range, specimen and organism of Observations and their components.</summary>
internal static class ObservationElements
{
    private const string InterpretationSystem = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    /// <summary>The values of an Observation, or of one of its components; a panel without a value of its own gives its components'.</summary>
    public static IEnumerable<ElementValue> Values(ElementCursor observation, int part)
    {
        if (part >= 0)
            return ComponentAt(observation, part) is { } component ? OwnValues(component) : [];

        var own = OwnValues(observation).ToList();
        return own.Count > 0 ? own : observation.Children("component").SelectMany(LabelledValues);
    }

    /// <summary>A component by its index.</summary>
    public static ElementCursor? ComponentAt(ElementCursor observation, int part)
    {
        var component = observation.Children("component").Skip(part).FirstOrDefault();
        return component.Holder is null ? null : component;
    }

    /// <summary>What a component is called.</summary>
    public static string? ComponentName(ElementCursor component) =>
        component.TryChild("code", out var code) ? CodeableConcepts.Name(code)?.Value.GetString() : null;

    /// <summary>Why a value is absent, or null.</summary>
    public static string? AbsentReason(ElementCursor at) =>
        at.TryChild("dataAbsentReason", out var reason) ? CodeableConcepts.Name(reason)?.Value.GetString() : null;

    /// <summary>Interpretations; a coded value that is itself an interpretation (a susceptibility) counts as one.</summary>
    public static IEnumerable<ElementValue> Interpretations(ElementCursor observation, int part)
    {
        var at = part >= 0 ? ComponentAt(observation, part) : observation;
        if (at is not { } cursor)
            return [];

        var said = cursor.Children("interpretation").Select(CodeableConcepts.Name).OfType<ElementValue>().ToList();
        if (said.Count > 0)
            return said;

        return cursor.TryChoice("value", out var value, out var type) && type == "CodeableConcept" && IsInterpretation(value)
            && CodeableConcepts.Name(value) is { } name ? [name] : [];
    }

    /// <summary>Reference ranges as text: as written, else low and high joined.</summary>
    public static IEnumerable<ElementValue> ReferenceRanges(ElementCursor observation, int part)
    {
        var at = part >= 0 ? ComponentAt(observation, part) : observation;
        return at is not { } cursor ? [] : cursor.Children("referenceRange").Select(RangeText).OfType<ElementValue>();
    }

    /// <summary>One side of the reference ranges: <c>low</c> or <c>high</c>.</summary>
    public static IEnumerable<ElementValue> ReferenceLimits(ElementCursor observation, int part, string side)
    {
        var at = part >= 0 ? ComponentAt(observation, part) : observation;
        return at is not { } cursor ? [] : cursor.Children("referenceRange").SelectMany(range => range.Children(side)).Select(Quantities.Read).OfType<ElementValue>();
    }

    /// <summary>Types of the specimens an Observation was made on, through the test it derives from when it names none itself.</summary>
    public static IEnumerable<ElementValue> Specimens(PatientRecord record, ElementCursor observation, int depth = 0)
    {
        var own = observation.Children("specimen").Select(specimen => References.Name(record, specimen)).OfType<ElementValue>().ToList();
        if (own.Count > 0 || depth == 2)
            return own;

        return observation.Children("derivedFrom")
            .SelectMany(parent => References.TryFollow(record, parent, out var target, out _) ? Specimens(record, target, depth + 1) : []);
    }

    /// <summary>Organisms: the members of a test, the Observation a susceptibility derives from.</summary>
    public static IEnumerable<ElementValue> Organisms(PatientRecord record, RecordResource resource)
    {
        var observation = ElementCursor.Of(resource);
        if (resource.Kinds.Contains(RecordKind.Organism))
            return MainConcepts.Name(record, observation) is { } own ? [own] : [];

        if (resource.Kinds.Contains(RecordKind.Susceptibility))
            return observation.Children("derivedFrom").SelectMany(parent => OrganismsOf(record, parent));

        // A culture says its organism as its own value, or has a member Observation for each.
        var grown = observation.TryChoice("value", out _, out var type) && type == "CodeableConcept" ? OwnValues(observation).ToArray() : [];
        return grown.Length > 0 ? grown : observation.Children("hasMember").SelectMany(member => OrganismsOf(record, member));
    }

    private static IEnumerable<ElementValue> OrganismsOf(PatientRecord record, ElementCursor link)
    {
        if (!References.TryFollow(record, link, out var target, out _))
            return [];

        if (target.Holder.Kinds.Contains(RecordKind.Organism))
            return References.Name(record, link) is { } name ? [name] : [];

        return target.Holder.Kinds.Contains(RecordKind.MicrobiologyTest) && target.TryChoice("value", out _, out var type) && type == "CodeableConcept"
            ? OwnValues(target)
            : [];
    }

    private static IEnumerable<ElementValue> LabelledValues(ElementCursor component)
    {
        var name = ComponentName(component);
        return OwnValues(component).Select(value => value with { Label = name });
    }

    private static IEnumerable<ElementValue> OwnValues(ElementCursor at)
    {
        if (!at.TryChoice("value", out var value, out var type))
            return [];

        return type switch
        {
            "Quantity" or "Range" => Quantities.ReadChoice(value, type),
            "CodeableConcept" => CodeableConcepts.Name(value) is { } name ? [name] : [],
            "Period" => value.Children("start").Concat(value.Children("end")).Select(bound => bound.ToValue()),
            "Ratio" => value.Children("numerator").Concat(value.Children("denominator")).Select(Quantities.Read).OfType<ElementValue>(),
            "SampledData" => value.Children("data").Select(data => data.ToValue()),
            "boolean" or "integer" or "string" or "time" or "dateTime" => [value.ToValue()],
            _ => [],
        };
    }

    private static bool IsInterpretation(ElementCursor concept) =>
        concept.Children("coding").Any(coding => coding.TryChild("system", out var system) && system.Text == InterpretationSystem);

    private static ElementValue? RangeText(ElementCursor range)
    {
        if (range.TryChild("text", out var text) && !string.IsNullOrWhiteSpace(text.Text))
            return text.ToValue();

        var low = range.TryChild("low", out var lower) ? Quantities.Read(lower) : null;
        var high = range.TryChild("high", out var upper) ? Quantities.Read(upper) : null;
        return (low, high) switch
        {
            ({ } from, { } to) => Joined(range, $"{Written(from)} & ' - ' & {Written(to)}", $"{from.Value.GetRawText()} - {to.Value.GetRawText()}", from.Unit),
            ({ } from, null) => Joined(range, $"'>= ' & {Written(from)}", $">= {from.Value.GetRawText()}", from.Unit),
            (null, { } to) => Joined(range, $"'<= ' & {Written(to)}", $"<= {to.Value.GetRawText()}", to.Unit),
            _ => null,
        };
    }

    private static string Written(ElementValue number) => $"{number.Path}.toString()";

    private static ElementValue Joined(ElementCursor range, string path, string text, string? unit) =>
        ElementValue.OfText(range, path, text) with { Unit = unit };
}
