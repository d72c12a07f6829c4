using System.Runtime.InteropServices;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Building;

/// <summary>What is known of one resource while it is read; one draft is used for all resources of a build, one after the other.</summary>
internal sealed class ResourceDraft
{
    private readonly JsonElement[] _slots = new JsonElement[Slots.Total];

    public RawResource Raw { get; private set; } = null!;

    public ResourceKey Key => Raw.Key;

    public JsonElement Json { get; private set; }

    public TypeShape Shape { get; private set; } = null!;

    public CodedConcept? Concept { get; set; }

    public Coding[] Categories { get; set; } = [];

    public TimeInterval? When { get; set; }

    public string? WhenText { get; set; }

    public bool IsState { get; set; }

    /// <summary>FHIRPath of the text in <see cref="WhenText"/>, relative to <see cref="WhenHolder"/>.</summary>
    public string? WhenPath { get; set; }

    /// <summary>The resource that gives the clinical time: this one, or the encounter that lends it.</summary>
    public ResourceKey? WhenHolder { get; set; }

    public DateTimeOffset? RecordedAt { get; set; }

    public ResourceKey? Encounter { get; set; }

    public string? Status { get; set; }

    public Standing Standing { get; private set; }

    public List<string> Labels { get; } = [];

    /// <summary>One bit for each <see cref="RecordKind"/>.</summary>
    public ulong Kinds { get; private set; }

    /// <summary>Codings that the resource is also found by: an Observation's components, a family member's conditions.</summary>
    public List<CodedConcept> Parts { get; } = [];

    /// <summary>Adds a CodeableConcept that the resource is also found by.</summary>
    public void AddPart(JsonElement concept, string path, ConceptPool pool)
    {
        var (codings, text) = pool.Read(concept);
        if (codings.Length > 0 || text is not null)
            Parts.Add(new CodedConcept(ImmutableCollectionsMarshal.AsImmutableArray(codings), text, Key, path));
    }

    /// <summary>The element in a slot; <see cref="JsonValueKind.Undefined"/> when the resource has none.</summary>
    public JsonElement this[int slot] => _slots[slot];

    /// <summary>Starts the next resource: one pass over its properties.</summary>
    public void Load(RawResource raw, JsonElement json, TypeShape shape)
    {
        Raw = raw;
        Json = json;
        Shape = shape;
        Concept = null;
        Categories = [];
        When = null;
        WhenText = null;
        IsState = shape.IsState;
        RecordedAt = null;
        Encounter = null;
        Status = null;
        Standing = Standing.Counts;
        Labels.Clear();
        Kinds = 0;
        WhenPath = null;
        WhenHolder = null;
        Parts.Clear();
        Array.Clear(_slots);
        foreach (var property in json.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            foreach (var (element, slot) in shape.Elements)
            {
                if (name.SequenceEqual(element))
                    _slots[slot] = property.Value;
            }
        }
    }

    /// <summary>Adds what a rule says: the stricter standing wins, labels add up. What never counts says why, and nothing else.</summary>
    public void Judge(Standing standing, string? label)
    {
        if (standing == Standing.NeverCounts && Standing != Standing.NeverCounts)
            Labels.Clear();
        else if (standing != Standing.NeverCounts && Standing == Standing.NeverCounts)
            return;

        if (standing > Standing)
            Standing = standing;

        if (label is not null && !Labels.Contains(label))
            Labels.Add(label);
    }

    /// <summary>Says that the resource is of a kind.</summary>
    public void Is(RecordKind kind) => Kinds |= 1UL << (int)kind;

    /// <summary>Whether the resource was said to be of a kind.</summary>
    public bool HasKind(RecordKind kind) => (Kinds & (1UL << (int)kind)) != 0;
}
