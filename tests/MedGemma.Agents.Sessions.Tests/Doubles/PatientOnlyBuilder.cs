using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>Builds a record of the Patient alone.</summary>
internal sealed class PatientOnlyBuilder : IRecordBuilder
{
    public PatientRecord Build(RawRecord raw)
    {
        using var json = JsonDocument.Parse(raw.Resources[0].Json);
        var patient = new RecordResource
        {
            Key = raw.Resources[0].Key,
            Version = raw.Resources[0].Version,
            Json = json.RootElement.Clone(),
            Kinds = [RecordKind.Patient],
            Concept = null,
            Categories = [],
            When = null,
            WhenText = null,
            IsState = false,
            RecordedAt = null,
            Encounter = null,
            Status = null,
            Standing = Standing.Counts,
            Labels = [],
        };
        return new PatientRecord(
            patient,
            [patient],
            ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>>.Empty.Add(RecordKind.Patient, [patient]),
            new Dictionary<string, RecordResource> { [patient.Key.ToString()] = patient },
            new ConceptIndex([]),
            raw.Receipt);
    }
}
