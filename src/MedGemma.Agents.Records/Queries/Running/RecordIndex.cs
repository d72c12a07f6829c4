using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MedGemma.Agents.Records.Medications;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Time-ordered findings of one record by kind, concept and encounter, each made when first asked for. Safe for concurrent use.</summary>
internal sealed class RecordIndex
{
    private static readonly ConditionalWeakTable<PatientRecord, RecordIndex> Indexes = [];

    private readonly PatientRecord _record;
    private readonly ConcurrentDictionary<RecordKind, Timelines> _kinds = new();
    private readonly ConditionalWeakTable<ConceptEntry, Timelines> _concepts = [];
    private readonly ConcurrentDictionary<ResourceKey, Timelines> _encounters = new();
    private readonly ConcurrentDictionary<RecordKind, Timelines> _strays = new();
    private readonly Lazy<ILookup<ResourceKey, RecordResource>> _byEncounter;
    private readonly Lazy<ILookup<ResourceKey, ResourceKey>> _encounterParts;
    private readonly Lazy<ILookup<string, ConceptEntry>> _byCode;
    private readonly Lazy<Dictionary<ResourceKey, ConceptEntry>> _entryOf;
    private readonly Lazy<bool> _hasUnknownMedications;

    private RecordIndex(PatientRecord record)
    {
        _record = record;
        Medications = new MedicationStates(record);
        _byEncounter = new(() => record.Resources
            .Where(resource => resource.Encounter is not null || resource.Key.Type == "Encounter")
            .ToLookup(resource => resource.Key.Type == "Encounter" ? resource.Key : resource.Encounter!.Value));
        _encounterParts = new(() => record.OfKind(RecordKind.Encounter)
            .SelectMany(encounter => ElementCursor.Of(encounter).Children("partOf")
                .Where(part => References.TryFollow(record, part, out _, out _))
                .Select(part => (Whole: Target(part), Part: encounter.Key)))
            .ToLookup(pair => pair.Whole, pair => pair.Part));
        _byCode = new(() => record.Concepts.Entries
            .SelectMany(entry => entry.Codings.Where(coding => coding.Code is not null).Select(coding => (Code: coding.Code!, Entry: entry)))
            .ToLookup(pair => pair.Code, pair => pair.Entry, StringComparer.OrdinalIgnoreCase));
        _entryOf = new(EntriesByResource);
        _hasUnknownMedications = new(() => record.OfKind(RecordKind.Medication).Any(IsUnknownMedication));
    }

    /// <summary>Computes the states of medications.</summary>
    public MedicationStates Medications { get; }

    /// <summary>Whether a medication resource references a Medication that is not here, so that its name is not known.</summary>
    public bool HasUnknownMedications => _hasUnknownMedications.Value;

    /// <summary>The index of a record; one for as long as the record lives.</summary>
    public static RecordIndex Of(PatientRecord record) => Indexes.GetValue(record, static key => new RecordIndex(key));

    /// <summary>Everything of a kind.</summary>
    public Timelines OfKind(RecordKind kind) => _kinds.GetOrAdd(kind, static (key, index) => Timelines.Of(
        key == RecordKind.CareUnit
            ? index.CareUnits()
            : key == RecordKind.IcuStay ? index._record.OfKind(key).Select(Findings.Whole).Concat(IntensiveCareUnits.Of(index._record))
            : index._record.OfKind(key).Select(Findings.Whole)), this);

    /// <summary>
    /// The locations of Encounters. Where a stay is divided into parts that say where each was, its own location without a period says nothing of when the patient lay there, and is left out.
    /// </summary>
    private IEnumerable<Finding> CareUnits()
    {
        var located = _record.OfKind(RecordKind.CareUnit).Select(encounter => encounter.Key).ToHashSet();
        return _record.OfKind(RecordKind.Encounter).SelectMany(encounter => Findings.CareUnits(encounter).Where(unit => HasPeriod(encounter, unit.Part) || !_encounterParts.Value[encounter.Key].Any(located.Contains)));
    }

    private static bool HasPeriod(RecordResource encounter, int part) =>
        ElementCursor.Of(encounter).Children("location").Skip(part).Take(1).Any(location => location.TryChild("period", out _));

    /// <summary>Everything about a concept of the record.</summary>
    public Timelines OfConcept(ConceptEntry entry) =>
        _concepts.GetValue(entry, static key => Timelines.Of(key.Resources.SelectMany(resource => ConceptParts.Of(resource, key))));

    /// <summary>Everything that belongs to an Encounter, itself included.</summary>
    public Timelines OfEncounter(ResourceKey encounter) =>
        _encounters.GetOrAdd(encounter, static (key, index) => Timelines.Of(
            index._byEncounter.Value[key].Select(Findings.Whole).Concat(
                index._byEncounter.Value[key].Where(resource => resource.Key == key).SelectMany(Findings.CareUnits))), this);

    /// <summary>What of a kind belongs to no Encounter that is named.</summary>
    public Timelines WithoutEncounter(RecordKind kind) =>
        _strays.GetOrAdd(kind, static (key, record) => Timelines.Of(
            record.OfKind(key).Where(resource => resource.Encounter is null && resource.Key.Type is not ("Encounter" or "Patient")).Select(Findings.Whole)), _record);

    /// <summary>The concepts of the record that have a code.</summary>
    public IEnumerable<ConceptEntry> WithCode(string code) => _byCode.Value[code];

    /// <summary>An Encounter and all that are part of it.</summary>
    public HashSet<ResourceKey> WithParts(ResourceKey encounter)
    {
        var all = new HashSet<ResourceKey>();
        var open = new Stack<ResourceKey>([encounter]);
        while (open.TryPop(out var next))
        {
            if (!all.Add(next))
                continue;
            foreach (var part in _encounterParts.Value[next])
                open.Push(part);
        }

        return all;
    }

    /// <summary>The concept that a resource is about, or null.</summary>
    public ConceptEntry? EntryOf(RecordResource resource) => _entryOf.Value.GetValueOrDefault(resource.Key);

    private static bool IsMain(RecordResource resource, ConceptEntry entry) => ConceptParts.IsAbout(resource, entry);

    private Dictionary<ResourceKey, ConceptEntry> EntriesByResource()
    {
        var entries = new Dictionary<ResourceKey, ConceptEntry>();
        foreach (var entry in _record.Concepts.Entries)
        {
            foreach (var resource in entry.Resources)
            {
                if (!entries.ContainsKey(resource.Key) || IsMain(resource, entry))
                    entries[resource.Key] = entry;
            }
        }

        return entries;
    }

    private ResourceKey Target(ElementCursor reference) =>
        References.TryFollow(_record, reference, out var target, out _) ? target.Holder.Key : default;

    private bool IsUnknownMedication(RecordResource resource)
    {
        var at = ElementCursor.Of(resource);
        return at.TryChild("medicationReference", out var reference) && !References.TryFollow(_record, reference, out _, out _);
    }
}
