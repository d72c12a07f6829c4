using System.Text.Json;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>Writes FHIR R4 AuditEvents (<see href="https://hl7.org/fhir/R4/auditevent.html"/>).</summary>
internal static class AuditEvents
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";

    /// <summary>The AuditEvent of an audit row.</summary>
    public static AuditDraft Of(AuditRow row) => new(row, FhirJson.Write("AuditEvent", row, WriteMembers));

    private static void WriteMembers(Utf8JsonWriter writer, AuditRow row)
    {
        var (type, display) = TypeOf(row.Action);
        writer.WritePropertyName("type"u8);
        writer.WriteCoding(Dicom, type, display);
        writer.WriteStartArray("subtype"u8);
        writer.WriteCoding(AuditIdentifiers.Actions, row.Action, null);
        writer.WriteEndArray();
        writer.WriteString("action"u8, ActionOf(row.Action));
        writer.WriteString("recorded"u8, row.At.ToUniversalTime());
        writer.WriteString("outcome"u8, row.Outcome is "denied" or "not-found" or "failed" ? "4"u8 : "0"u8);
        writer.WriteString("outcomeDesc"u8, row.Outcome);

        writer.WriteStartArray("agent"u8);
        writer.WriteStartObject();
        writer.WritePropertyName("who"u8);
        writer.WriteReference(AuditIdentifiers.User(row.Issuer, row.User));
        writer.WriteBoolean("requestor"u8, true);
        writer.WriteEndObject();
        writer.WriteEndArray();

        writer.WriteStartObject("source"u8);
        writer.WritePropertyName("observer"u8);
        writer.WriteReference("display", AuditIdentifiers.Software);
        writer.WriteEndObject();

        if (row.PatientId is null && row.SessionKey is null)
            return;

        writer.WriteStartArray("entity"u8);
        if (row.PatientId is { } patient)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("what"u8);
            writer.WriteReference("reference", $"Patient/{patient}");
            writer.WritePropertyName("type"u8);
            writer.WriteCoding(EntityType, "1", "Person");
            writer.WritePropertyName("role"u8);
            writer.WriteCoding("http://terminology.hl7.org/CodeSystem/object-role", "1", "Patient");
            writer.WriteEndObject();
        }

        if (row.SessionKey is { } session)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("what"u8);
            writer.WriteReference(AuditIdentifiers.Turn(session, row.Turn));
            writer.WritePropertyName("type"u8);
            writer.WriteCoding(EntityType, "2", "System Object");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static (string Code, string Display) TypeOf(string action) => action switch
    {
        AuditAction.Authenticate => ("110114", "User Authentication"),
        AuditAction.BeginTurn or AuditAction.EndTurn or AuditAction.SearchPatients or AuditAction.UseTools
            or AuditAction.AskByCommand or AuditAction.ServeToolsByCommand or AuditAction.ReplayByCommand or AuditAction.EvaluateByCommand => ("110112", "Query"),
        _ => ("110110", "Patient Record"),
    };

    // https://hl7.org/fhir/R4/valueset-audit-event-action.html: create, delete, read, execute.
    private static string ActionOf(string action) => action switch
    {
        AuditAction.CreateSession or AuditAction.ReportWrong => "C",
        AuditAction.DeleteSession or AuditAction.ErasePatient => "D",
        AuditAction.ReadSession or AuditAction.ReadOverview or AuditAction.ReplayTurn or AuditAction.UseTools => "R",
        _ => "E",
    };
}
