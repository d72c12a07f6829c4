using System.Text.Json;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// What models did for an answer, in the elements that Provenance has for it: each agent of the program is a contained Device
/// (<see href="https://hl7.org/fhir/R4/device.html"/>) that performed, identified by the hash of its files, with its model and adapter as versions and its sampling as
/// properties; each prompt and each schema is a source, by its hash.
/// </summary>
internal static class ModelProvenance
{
    private const string AgentFiles = "urn:medgemma:agent-sha256";
    private const string Prompt = "urn:medgemma:prompt-sha256";
    private const string Schema = "urn:medgemma:schema-sha256";

    /// <summary>Writes the member <c>contained</c>.</summary>
    public static void WriteDevices(Utf8JsonWriter writer, ModelWork work)
    {
        writer.WriteStartArray("contained"u8);
        for (var i = 0; i < work.Agents.Count; i++)
            WriteDevice(writer, work.Agents[i], IdOf(i));

        writer.WriteEndArray();
    }

    /// <summary>Writes items of <c>agent</c>.</summary>
    public static void WriteAgents(Utf8JsonWriter writer, ModelWork work)
    {
        for (var i = 0; i < work.Agents.Count; i++)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("type"u8);
            writer.WriteConcept(AuditIdentifiers.ParticipantTypes, "performer", "Performer");
            writer.WritePropertyName("who"u8);
            writer.WriteReference("reference", $"#{IdOf(i)}");
            writer.WriteEndObject();
        }
    }

    /// <summary>What was read: every prompt and every schema once, in the order of the calls.</summary>
    public static IEnumerable<(string System, string Value)> Sources(ModelWork work) =>
        work.Calls.SelectMany(call => new[] { (Prompt, call.Prompt), (Schema, call.Schema) }).Distinct();

    private static string IdOf(int agent) => $"agent-{agent + 1}";

    private static void WriteDevice(Utf8JsonWriter writer, AgentWork agent, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Device"u8);
        writer.WriteString("id"u8, id);
        writer.WriteStartArray("identifier"u8);
        writer.WriteStartObject();
        writer.WriteString("system"u8, AgentFiles);
        writer.WriteString("value"u8, agent.Hash);
        writer.WriteEndObject();
        writer.WriteEndArray();

        writer.WriteStartArray("deviceName"u8);
        WriteName(writer, agent.Name, "user-friendly-name");
        WriteName(writer, string.IsNullOrEmpty(agent.ModelId) ? agent.ModelKey : agent.ModelId, "model-name");
        writer.WriteEndArray();

        if (!string.IsNullOrEmpty(agent.ModelFile) || !string.IsNullOrEmpty(agent.Adapter))
        {
            writer.WriteStartArray("version"u8);
            WriteVersion(writer, "model files", agent.ModelFile);
            WriteVersion(writer, "adapter", agent.Adapter);
            writer.WriteEndArray();
        }

        writer.WriteStartArray("property"u8);
        WriteProperty(writer, "temperature", (decimal)agent.Temperature);
        WriteProperty(writer, "seed", agent.Seed);
        WriteProperty(writer, "thinking", agent.Thinking ? 1 : 0);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, string name, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("type"u8, type);
        writer.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter writer, string type, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;

        writer.WriteStartObject();
        WriteType(writer, type);
        writer.WriteString("value"u8, value);
        writer.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter writer, string type, decimal value)
    {
        writer.WriteStartObject();
        WriteType(writer, type);
        writer.WriteStartArray("valueQuantity"u8);
        writer.WriteStartObject();
        writer.WriteNumber("value"u8, value);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject("type"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }
}
