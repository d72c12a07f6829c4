using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Reading;

/// <summary>A resource that was read and is well-formed.</summary>
/// <param name="Position">Where it was.</param>
/// <param name="Resource">Its key, version and bytes; the bytes are its own copy.</param>
/// <param name="Subject">Whose it is, as far as the resource itself says.</param>
public sealed record ReadResource(ReadPosition Position, RawResource Resource, ResourceSubject Subject) : ReadItem(Position);
