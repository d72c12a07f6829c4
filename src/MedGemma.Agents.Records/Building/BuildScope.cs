using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Building;

/// <summary>Everything that one build knows of its resources while they are read. For one build at a time.</summary>
internal sealed class BuildScope(TimeZoneInfo zone, ConceptVocabulary vocabulary)
{
    private readonly Dictionary<ResourceKey, JsonElement> _json = [];
    private readonly Dictionary<string, ResourceKey> _byFullUrl = new(StringComparer.Ordinal);
    private readonly HashSet<string> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourceKey?> _resolved = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, ImmutableArray<RecordKind>> _kinds = [];
    private readonly List<Coding> _restrictions = [];
    private DateOnlySources? _dateOnly;
    private Dictionary<string, ResourceKey>? _byId;

    public TimeZoneInfo Zone { get; } = zone;

    public ConceptPool Pool { get; } = new();

    /// <summary>What the patient's encounters lend to the resources that belong to them.</summary>
    public Dictionary<ResourceKey, EncounterFacts> Encounters { get; } = [];

    /// <summary>Places Observations that no category places.</summary>
    public UncategorisedObservations Uncategorised { get; } = new(vocabulary);

    /// <summary>Distinct <c>meta.security</c> codings met so far, in order.</summary>
    public IReadOnlyList<Coding> Restrictions => _restrictions;

    public void Add(RawResource raw, JsonElement json)
    {
        _json[raw.Key] = json;
        if (raw.FullUrl is null)
            return;

        _byFullUrl[raw.FullUrl] = raw.Key;
        if (AbsoluteReference.BaseOf(raw.FullUrl) is { } server)
            _servers.Add(server);
    }

    /// <summary>The JSON of a resource that the source supplied.</summary>
    public bool TryGet(ResourceKey key, out JsonElement json) => _json.TryGetValue(key, out json);

    /// <summary>The key that a reference names, whether or not the source supplied it; null for fragments and references that name nothing.</summary>
    public ResourceKey? Resolve(string? reference)
    {
        if (string.IsNullOrEmpty(reference))
            return null;

        if (_resolved.TryGetValue(reference, out var known))
            return known;

        ResourceKey? key = null;
        if (_byFullUrl.TryGetValue(reference, out var full))
            key = full;
        else if (reference.StartsWith("urn:", StringComparison.Ordinal))
            key = ById(reference[(reference.LastIndexOf(':') + 1)..]);
        else if (ResourceKey.TryParse(reference, out var parsed) && (AbsoluteReference.BaseOf(reference) is not { } server || _servers.Contains(server)))
            key = parsed;

        _resolved[reference] = key;
        return key;
    }

    /// <summary>The key in a Reference element.</summary>
    public ResourceKey? Resolve(JsonElement reference) =>
        reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty("reference"u8, out var text)
            ? Resolve(Pool.Text(text))
            : null;

    /// <summary>Learns which types write midnight for days.</summary>
    public void FindDateOnlySources(List<(RawResource Raw, JsonElement Json)> resources) => _dateOnly = new DateOnlySources(resources, Pool);

    /// <summary>Whether a dateTime of midnight in this resource means the whole day.</summary>
    public bool MeansDay(ResourceDraft draft, string text) =>
        DateOnlySources.IsMidnight(text) && _dateOnly is not null && _dateOnly.Holds(draft.Key.Type, draft.Json, Pool);

    /// <summary>The kinds in a set of bits; the same array for the same bits.</summary>
    public ImmutableArray<RecordKind> KindsOf(ulong bits)
    {
        if (!_kinds.TryGetValue(bits, out var kinds))
            _kinds[bits] = kinds = KindIndexing.Expand(bits);

        return kinds;
    }

    /// <summary>Notes the security labels of one resource's meta.</summary>
    public void CollectRestrictions(JsonElement meta)
    {
        if (meta.ValueKind != JsonValueKind.Object || !meta.TryGetProperty("security"u8, out var security))
            return;

        foreach (var label in Pool.ReadAll(security))
        {
            if (!_restrictions.Contains(label))
                _restrictions.Add(label);
        }
    }

    /// <summary>The resource with an id when a <c>urn:uuid:</c> names no fullUrl: the id is then unique over all types or the reference names nothing.</summary>
    private ResourceKey? ById(string id)
    {
        if (_byId is null)
        {
            _byId = new Dictionary<string, ResourceKey>(_json.Count, StringComparer.Ordinal);
            var twice = new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in _json.Keys)
            {
                if (!_byId.TryAdd(key.Id, key))
                    twice.Add(key.Id);
            }

            foreach (var ambiguous in twice)
                _byId.Remove(ambiguous);
        }

        return _byId.TryGetValue(id, out var found) ? found : null;
    }
}
