namespace MedGemma.Agents.Sessions.Records;

/// <summary>What tells cached records apart: two grants never share one.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="PatientId">Logical id of the patient.</param>
/// <param name="Grant">What the asker may see: <see cref="RecordCache.FullGrant"/>, or a canonical list of scopes.</param>
internal readonly record struct RecordCacheKey(string Source, string PatientId, string Grant);
