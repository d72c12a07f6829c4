namespace MedGemma.Agents.Records.Reading;

/// <summary>Something that could not be read or taken. Never carries content of a resource.</summary>
/// <param name="Position">Where it was.</param>
/// <param name="Reason">Why, in words that complete "the file, line or entry ...".</param>
/// <param name="Type">The resource type that is lost by it where known; null when it could have been any, empty when it was none of FHIR R4.</param>
public sealed record ReadProblem(ReadPosition Position, string Reason, string? Type = null) : ReadItem(Position)
{
    /// <summary>For people: position and reason in one line.</summary>
    public override string ToString() => $"{Position}: {Reason}";
}
