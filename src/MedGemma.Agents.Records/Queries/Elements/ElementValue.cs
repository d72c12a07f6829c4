using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>A value read from a resource, or computed from what stands in one.</summary>
/// <param name="Holder">The resource that holds it.</param>
/// <param name="Path">FHIRPath relative to <paramref name="Holder"/>.</param>
/// <param name="Value">The value as recorded.</param>
internal sealed record ElementValue(RecordResource Holder, string Path, JsonElement Value)
{
    /// <summary>Unit as a person would write it, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>UCUM code of the unit where it differs from <see cref="Unit"/>, or null.</summary>
    public string? UnitCode { get; init; }

    /// <summary>FHIRPath where <see cref="Unit"/> stands, or null.</summary>
    public string? UnitPath { get; init; }

    /// <summary>FHIR quantity comparator, or null.</summary>
    public string? Comparator { get; init; }

    /// <summary>What the value is about when that is not the whole resource: a component, a relative's condition.</summary>
    public string? Label { get; init; }

    /// <summary>When it was said, as recorded, where that is not the clinical time of the resource; null otherwise.</summary>
    public string? Time { get; init; }

    /// <summary>The reference by which the queried resource leads to <see cref="Holder"/>, or null when it stands in the resource itself.</summary>
    public ElementValue? Link { get; init; }

    /// <summary>How it was computed, or null when it stands at <see cref="Path"/>.</summary>
    public Computation? Computed { get; init; }

    public static ElementValue OfText(ElementCursor at, string path, string text) =>
        new(at.Holder, path, JsonSerializer.SerializeToElement(text));
}
