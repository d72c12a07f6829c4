using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Model;

/// <summary>An immutable, time-ordered snapshot of the resources whose subject is one patient. Safe for concurrent use.</summary>
public sealed class PatientRecord
{
    private readonly ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>> _byKind;
    private readonly Dictionary<string, RecordResource> _byReference;

    internal PatientRecord(
        RecordResource patient,
        ImmutableArray<RecordResource> resources,
        ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>> byKind,
        Dictionary<string, RecordResource> byReference,
        ConceptIndex concepts,
        Receipt receipt)
    {
        Patient = patient;
        Resources = resources;
        _byKind = byKind;
        _byReference = byReference;
        Concepts = concepts;
        Receipt = receipt;
    }

    /// <summary>The Patient resource.</summary>
    public RecordResource Patient { get; }

    /// <summary>Every resource of the patient by the start of its clinical time, those without one last.</summary>
    public ImmutableArray<RecordResource> Resources { get; }

    /// <summary>What was asked for and read.</summary>
    public Receipt Receipt { get; }

    /// <summary>The names and codes in this record.</summary>
    public ConceptIndex Concepts { get; }

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

        return ResourceKey.TryParse(reference, out var key) && _byReference.TryGetValue(key.ToString(), out resource);
    }
}
