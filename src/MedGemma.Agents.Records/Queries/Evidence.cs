using System.Text.Json;
using System.Text.Json.Serialization;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries;

/// <summary>Where a value stands in the record.</summary>
/// <param name="Resource">The resource that holds it.</param>
/// <param name="Version">That resource's version.</param>
/// <param name="Path">FHIRPath relative to the resource that evaluates to exactly this value, for example <c>Observation.value.ofType(Quantity).value</c>.</param>
/// <param name="Value">The value as recorded: number, boolean or string (dates and instants verbatim); undefined when the evidence is the resource's existence.</param>
/// <param name="Unit">Unit as recorded, for quantities.</param>
/// <param name="Time">The clinical time of the resource as recorded, or null when it has none.</param>
public sealed record Evidence(ResourceKey Resource, string Version, string Path, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] JsonElement Value, string? Unit, string? Time);
