namespace MedGemma.Agents.Records.Model;

/// <summary>What was read of one resource type.</summary>
/// <param name="Type">FHIR resource type name.</param>
/// <param name="Read">Resources of this type in the record.</param>
/// <param name="Total">The total that the source stated, where it did; null from files and the store, which state none.</param>
/// <param name="Pages">Pages followed; 1 for files.</param>
/// <param name="Complete">True when a manifest or the caller says that nothing is missing.</param>
/// <param name="Denied">Why the source refused the type (a scope, a status code), or null.</param>
public sealed record TypeReceipt(string Type, int Read, int? Total, int Pages, bool Complete, string? Denied);
