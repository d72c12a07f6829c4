using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>The resources of one record as the FHIR SDK reads them, each parsed once. Not safe for concurrent use.</summary>
/// <param name="record">The record.</param>
internal sealed class ParsedResources(PatientRecord record)
{
    // Real records break rules that do not matter here (unknown codes, empty elements); the SDK is to read what it can.
    private static readonly FhirJsonDeserializer Deserializer = FhirJsonDeserializer.OSTRICH;

    private readonly Dictionary<ResourceKey, Resource?> _parsed = [];

    /// <summary>The record's own entry of a resource; null when the record does not hold it.</summary>
    /// <param name="key">Type and id.</param>
    public RecordResource? Find(ResourceKey key) =>
        key == record.Patient.Key ? record.Patient : record.TryFollow(key.ToString(), out var resource) && resource.Key == key ? resource : null;

    /// <summary>Reads a resource with the FHIR SDK.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Null when the SDK cannot read it.</returns>
    public Resource? Parse(RecordResource resource)
    {
        if (!_parsed.TryGetValue(resource.Key, out var parsed))
        {
            var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(resource.Json));
            Deserializer.TryDeserializeResource(ref reader, out parsed, out _);
            _parsed[resource.Key] = parsed;
        }

        return parsed;
    }
}
