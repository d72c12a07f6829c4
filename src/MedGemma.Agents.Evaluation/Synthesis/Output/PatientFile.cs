using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace MedGemma.Agents.Evaluation.Synthesis.Output;

/// <summary>Writes one synthetic patient to a file, one resource at a time: NDJSON, or a transaction Bundle where references are <c>urn:uuid:</c>.</summary>
internal static class PatientFile
{
    private static readonly JsonSerializerOptions Fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    /// <summary>Writes <c>patient-NNNN.ndjson</c> or <c>patient-NNNN.json</c>.</summary>
    public static void Write(string folder, int number, SyntheticPatient patient, CancellationToken cancellationToken)
    {
        var bundle = patient.References == ReferenceForm.UrnUuid;
        using var file = File.Create(Path.Combine(folder, $"patient-{number:D4}.{(bundle ? "json" : "ndjson")}"));
        if (bundle)
            WriteBundle(file, patient, cancellationToken);
        else
            WriteLines(file, patient, cancellationToken);
    }

    private static void WriteLines(Stream stream, SyntheticPatient patient, CancellationToken cancellationToken)
    {
        using var writer = new Utf8JsonWriter(stream);
        foreach (var resource in patient.Resources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            JsonSerializer.Serialize(writer, resource, Fhir);
            writer.Flush();
            stream.WriteByte((byte)'\n');
            writer.Reset();
        }
    }

    private static void WriteBundle(Stream stream, SyntheticPatient patient, CancellationToken cancellationToken)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("resourceType", "Bundle");
        writer.WriteString("type", "transaction");
        writer.WriteStartArray("entry");
        foreach (var resource in patient.Resources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.WriteStartObject();
            writer.WriteString("fullUrl", $"urn:uuid:{resource.Id}");
            writer.WritePropertyName("resource");
            JsonSerializer.Serialize(writer, resource, Fhir);
            writer.WriteStartObject("request");
            writer.WriteString("method", "POST");
            writer.WriteString("url", resource.TypeName);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }
}
