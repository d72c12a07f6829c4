using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Model;

/// <summary>An immutable, time-ordered snapshot of the resources whose subject is one patient. Safe for concurrent use.</summary>
public sealed class PatientRecord
{
    private readonly ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>> _byKind;
    private readonly Dictionary<string, RecordResource> _byReference;
    private readonly Lazy<ConceptIndex> _concepts;
    private readonly Lazy<DateTimeOffset?> _latest;

    internal PatientRecord(
        RecordResource patient,
        ImmutableArray<RecordResource> resources,
        ImmutableArray<RecordResource> supporting,
        ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>> byKind,
        Dictionary<string, RecordResource> byReference,
        PatientFacts facts,
        TimeZoneInfo zone,
        ImmutableArray<Coding> restrictions,
        Receipt receipt)
    {
        Patient = patient;
        Facts = facts;
        Zone = zone;
        Restrictions = restrictions;
        Resources = resources;
        Supporting = supporting;
        _byKind = byKind;
        _byReference = byReference;
        _latest = new Lazy<DateTimeOffset?>(() => LatestOf(resources));
        _concepts = new Lazy<ConceptIndex>(() => ConceptIndexing.Of(resources));
        Receipt = receipt;
    }

    /// <summary>The Patient resource.</summary>
    public RecordResource Patient { get; }

    /// <summary>Every resource of the patient by the start of its clinical time, those without one last.</summary>
    public ImmutableArray<RecordResource> Resources { get; }

    /// <summary>What the patient's resources reference and is no patient's: Medication, Location, Practitioner and the like; in the order of the source.</summary>
    public ImmutableArray<RecordResource> Supporting { get; }

    /// <summary>What was asked for and read.</summary>
    public Receipt Receipt { get; }

    /// <summary>The names and codes in this record.</summary>
    public ConceptIndex Concepts => _concepts.Value;

    /// <summary>Birth, death and links to other Patient resources.</summary>
    public PatientFacts Facts { get; }

    /// <summary>Zone in which dates without a time were read as whole days.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>
    /// The latest moment that the record speaks of, appointments left out; null for a record without times. Statuses are as of this moment at the earliest.
    /// </summary>
    public DateTimeOffset? LatestKnown => _latest.Value;

    /// <summary>Distinct <c>meta.security</c> labels of the resources; a banner must say that the record is restricted when one is of confidentiality R or V.</summary>
    public ImmutableArray<Coding> Restrictions { get; }

    /// <summary>The resources of one kind in the order of <see cref="Resources"/>.</summary>
    /// <param name="kind">The kind; <see cref="RecordKind.Any"/> gives all.</param>
    public ImmutableArray<RecordResource> OfKind(RecordKind kind) =>
        kind == RecordKind.Any ? Resources : _byKind.GetValueOrDefault(kind, []);

    /// <summary>Follows a reference within the record and the resources that support it (Medication, Location, Practitioner).</summary>
    /// <param name="reference">A reference as recorded: <c>Type/id</c>, an absolute URL, or <c>urn:uuid:</c>.</param>
    /// <param name="resource">What it points at.</param>
    /// <returns>False when the target is not here; another patient's resource never is.</returns>
    public bool TryFollow(string reference, [NotNullWhen(true)] out RecordResource? resource)
    {
        if (_byReference.TryGetValue(reference, out resource))
            return true;

        if (!AbsoluteReference.Is(reference) && ResourceKey.TryParse(reference, out var key))
            return _byReference.TryGetValue(key.ToString(), out resource);

        resource = reference.StartsWith("urn:", StringComparison.Ordinal) ? OnlyWithId(reference[(reference.LastIndexOf(':') + 1)..]) : null;
        return resource is not null;
    }

    /// <summary>Follows a reference from one resource, into its contained resources too.</summary>
    /// <param name="from">The resource that holds the reference.</param>
    /// <param name="reference">A reference as recorded, possibly a fragment <c>#id</c>.</param>
    /// <param name="target">JSON of what it points at.</param>
    /// <returns>False when the target is not here.</returns>
    public bool TryFollow(RecordResource from, string reference, out JsonElement target)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.StartsWith('#'))
            return ConceptReading.TryContained(from.Json, reference[1..], out target);

        var found = TryFollow(reference, out var resource);
        target = resource?.Json ?? default;
        return found;
    }

    private static DateTimeOffset? LatestOf(ImmutableArray<RecordResource> resources)
    {
        DateTimeOffset? latest = null;
        foreach (var resource in resources)
        {
            if (resource.Key.Type == "Appointment")
                continue;

            if (resource.When?.Start is { } start && !(start <= latest))
                latest = start;

            if (resource.RecordedAt is { } recorded && !(recorded <= latest))
                latest = recorded;
        }

        return latest;
    }

    /// <summary>What a <c>urn:uuid:</c> points at that no fullUrl names: the one resource with the id.</summary>
    private RecordResource? OnlyWithId(string id)
    {
        RecordResource? only = null;
        foreach (var resource in _byReference.Values)
        {
            if (resource.Key.Id != id || ReferenceEquals(resource, only))
                continue;

            if (only is not null)
                return null;

            only = resource;
        }

        return only;
    }
}
