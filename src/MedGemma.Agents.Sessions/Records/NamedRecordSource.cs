using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Sessions.Records;

/// <summary>A record source with the name it is cached under.</summary>
/// <param name="Name">Unique in the process and without patient data, for example <c>store</c>.</param>
/// <param name="Source">The source.</param>
public sealed record NamedRecordSource(string Name, IRecordSource Source);
