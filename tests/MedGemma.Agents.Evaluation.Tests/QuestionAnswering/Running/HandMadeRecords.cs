using System.Text;
using System.Text.Json;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;

/// <summary>Builds records in UTC of resources written in tests; refuses the patient <c>mixed</c>.</summary>
internal sealed class HandMadeRecords : IRecordBuilder
{
    private readonly RecordBuilder _builder = new(TimeZoneInfo.Utc);

    public PatientRecord Build(RawRecord raw) =>
        raw.Patient.Id == "mixed" ? throw new InvalidDataException("A resource is another patient's.") : _builder.Build(raw);

    public static PatientRecord Of(Receipt receipt, params string[] resources)
    {
        var raw = resources.Select(json =>
        {
            using var document = JsonDocument.Parse(json);
            var key = new ResourceKey(document.RootElement.GetProperty("resourceType").GetString()!, document.RootElement.GetProperty("id").GetString()!);
            return new RawResource(key, "1", Encoding.UTF8.GetBytes(json), null, null);
        }).ToList();
        return new HandMadeRecords().Build(new RawRecord(raw[0].Key, raw, [], receipt));
    }
}
