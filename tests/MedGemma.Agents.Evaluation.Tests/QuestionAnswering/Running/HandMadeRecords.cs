using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;

/// <summary>Makes records that hold resources by reference and understand nothing of them; refuses the patient <c>mixed</c>.</summary>
internal sealed class HandMadeRecords : IRecordBuilder
{
    public PatientRecord Build(RawRecord raw)
    {
        if (raw.Patient.Id == "mixed")
            throw new InvalidDataException("A resource is another patient's.");

        var resources = raw.Resources.Select(Read).ToImmutableArray();
        return new PatientRecord(
            resources.Single(resource => resource.Key == raw.Patient),
            resources,
            ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>>.Empty,
            resources.ToDictionary(resource => resource.Key.ToString()),
            new ConceptIndex([]),
            raw.Receipt);
    }

    public static PatientRecord Of(Receipt receipt, params string[] resources)
    {
        var raw = resources.Select(json =>
        {
            using var document = JsonDocument.Parse(json);
            var key = new ResourceKey(document.RootElement.GetProperty("resourceType").GetString()!, document.RootElement.GetProperty("id").GetString()!);
            return new RawResource(key, "1", System.Text.Encoding.UTF8.GetBytes(json), null, null);
        }).ToList();
        return new HandMadeRecords().Build(new RawRecord(raw[0].Key, raw, [], receipt));
    }

    private static RecordResource Read(RawResource raw)
    {
        using var document = JsonDocument.Parse(raw.Json);
        return new RecordResource
        {
            Key = raw.Key,
            Version = raw.Version,
            Json = document.RootElement.Clone(),
            Kinds = [],
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
    }
}
