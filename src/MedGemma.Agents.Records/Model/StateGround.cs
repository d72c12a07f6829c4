namespace MedGemma.Agents.Records.Model;

/// <summary>One element that a computed state rests on.</summary>
/// <param name="Resource">The resource that holds it.</param>
/// <param name="Path">FHIRPath of the element relative to the resource.</param>
/// <param name="Text">The element as recorded, or null when the ground is that it is absent.</param>
public sealed record StateGround(ResourceKey Resource, string Path, string? Text);
