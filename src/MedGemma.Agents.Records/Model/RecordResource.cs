using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Model;

/// <summary>One resource of a record with what queries need to know of it, read once. Immutable.</summary>
public sealed class RecordResource
{
    /// <summary>Type and id.</summary>
    public required ResourceKey Key { get; init; }

    /// <summary><c>meta.versionId</c> or the SHA-256 of the canonical content.</summary>
    public required string Version { get; init; }

    /// <summary>The resource as received.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>Its place among what the source supplied of the patient, from 0: what settles nothing but ties, and only where asked.</summary>
    public int Position { get; init; }

    /// <summary>Every kind that the resource is of, <see cref="RecordKind.Any"/> left out.</summary>
    public required ImmutableArray<RecordKind> Kinds { get; init; }

    /// <summary>What it is about, or null.</summary>
    public required CodedConcept? Concept { get; init; }

    /// <summary>What it is also found by: the codes of an Observation's components, the conditions of a family member.</summary>
    public ImmutableArray<CodedConcept> Parts { get; init; } = [];

    /// <summary>Codings of its categories.</summary>
    public required ImmutableArray<Coding> Categories { get; init; }

    /// <summary>Clinical time: an instant, a whole day or more for a partial date, a period for a state; null when none is recorded.</summary>
    public required TimeInterval? When { get; init; }

    /// <summary>The clinical time's start as recorded, or null.</summary>
    public required string? WhenText { get; init; }

    /// <summary>FHIRPath of <see cref="WhenText"/> relative to <see cref="WhenHolder"/>, choice elements without their type: <c>Observation.effective</c>.</summary>
    public string? WhenPath { get; init; }

    /// <summary>The resource that gives the clinical time: this one, or the Encounter that lends its start; null when there is none.</summary>
    public ResourceKey? WhenHolder { get; init; }

    /// <summary>True when the clinical time is that of a state (a period), which matches a window by overlap; false for an event, which matches by its start.</summary>
    public required bool IsState { get; init; }

    /// <summary>When it entered the record (issued, recordedDate, authoredOn, dateAsserted), or null; nothing recorded after the instant of a question exists for it.</summary>
    public required DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The Encounter it belongs to, or null.</summary>
    public required ResourceKey? Encounter { get; init; }

    /// <summary>The status code as recorded, or null.</summary>
    public required string? Status { get; init; }

    /// <summary>Whether it counts.</summary>
    public required Standing Standing { get; init; }

    /// <summary>Labels that must be said with it, and for what never counts the reason.</summary>
    public required ImmutableArray<string> Labels { get; init; }
}
