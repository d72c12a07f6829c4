using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>One run of one query: what every aggregate needs to know.</summary>
/// <param name="Record">The record.</param>
/// <param name="Index">Its index.</param>
/// <param name="Query">The query.</param>
/// <param name="Context">Instant and zone.</param>
/// <param name="Units">Converts units.</param>
/// <param name="IsOneConcept">Whether what was matched goes by one name.</param>
/// <param name="Notes">What must be said with the answer.</param>
internal sealed record QueryRun(
    PatientRecord Record,
    RecordIndex Index,
    RecordQuery Query,
    QueryContext Context,
    IUnitConverter Units,
    bool IsOneConcept,
    List<string> Notes);
