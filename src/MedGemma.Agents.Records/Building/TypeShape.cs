using System.Text;

namespace MedGemma.Agents.Records.Building;

/// <summary>Where a FHIR R4 type keeps what a record needs of it: element names by role, several of a role in order of preference.</summary>
internal sealed class TypeShape
{
    private static readonly string[] ChoiceTypes = ["DateTime", "Period", "Instant", "Timing", "CodeableConcept", "Reference"];
    private readonly (byte[] Name, int Slot)[] _elements;

    /// <param name="type">FHIR resource type name.</param>
    /// <param name="status">Elements that decide the standing, at most <see cref="Slots.StatusCount"/>.</param>
    /// <param name="concept">Elements that say what the resource is about.</param>
    /// <param name="category">Elements that hold categories.</param>
    /// <param name="encounter">Reference to the Encounter, or to an object or list that holds it.</param>
    /// <param name="time">Elements of the clinical time.</param>
    /// <param name="recorded">Elements that say when it entered the record.</param>
    /// <param name="detail">Further elements that the family reads itself.</param>
    /// <param name="isState">Whether the clinical time is that of a state.</param>
    public TypeShape(
        string type,
        string[]? status = null,
        string[]? concept = null,
        string[]? category = null,
        string? encounter = null,
        string[]? time = null,
        string[]? recorded = null,
        string[]? detail = null,
        bool isState = false)
    {
        Type = type;
        Status = status ?? [];
        Concept = concept ?? [];
        IsState = isState;
        ConceptPaths = [.. Concept.Select(Path)];
        TimePaths = [.. (time ?? []).Select(Path)];
        TimeStartPaths = [.. TimePaths.Select(path => path + ".start")];
        var elements = new List<(byte[], int)> { (Utf8("meta"), Slots.Meta) };
        if (SubjectReference.ElementOf(type) is { } subject)
            elements.Add((Utf8(subject.Split('.')[0]), Slots.Subject));

        if (encounter is not null)
            elements.Add((Utf8(encounter), Slots.Encounter));

        Add(elements, Status, Slots.Status, Slots.StatusCount);
        Add(elements, Concept, Slots.Concept, Slots.ConceptCount);
        Add(elements, category ?? [], Slots.Category, Slots.CategoryCount);
        Add(elements, time ?? [], Slots.Time, Slots.TimeCount);
        Add(elements, recorded ?? [], Slots.Recorded, Slots.RecordedCount);
        Add(elements, detail ?? [], Slots.Detail, Slots.DetailCount);
        _elements = [.. elements];
    }

    public string Type { get; }

    public string[] Status { get; }

    public string[] Concept { get; }

    public bool IsState { get; }

    /// <summary>FHIRPath of each concept element; choice elements without their type.</summary>
    public string[] ConceptPaths { get; }

    /// <summary>FHIRPath of each time element.</summary>
    public string[] TimePaths { get; }

    /// <summary>FHIRPath of each time element's start, for periods.</summary>
    public string[] TimeStartPaths { get; }

    /// <summary>Every slot that an element name fills; an element may serve two roles.</summary>
    public ReadOnlySpan<(byte[] Name, int Slot)> Elements => _elements;

    private static void Add(List<(byte[], int)> elements, string[] names, int first, int room)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Length, room);
        for (var i = 0; i < names.Length; i++)
            elements.Add((Utf8(names[i]), first + i));
    }

    private string Path(string element)
    {
        // These end like a choice type but are elements of their own.
        if (element is "billablePeriod" or "servicePeriod" or "executionPeriod")
            return $"{Type}.{element}";

        foreach (var choice in ChoiceTypes)
        {
            if (element.EndsWith(choice, StringComparison.Ordinal) && element.Length > choice.Length)
                return $"{Type}.{element[..^choice.Length]}";
        }

        return $"{Type}.{element}";
    }

    private static byte[] Utf8(string name) => Encoding.UTF8.GetBytes(name);
}
