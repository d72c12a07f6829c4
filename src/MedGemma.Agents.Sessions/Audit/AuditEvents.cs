using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>Writes FHIR R4 AuditEvents (<see href="https://hl7.org/fhir/R4/auditevent.html"/>).</summary>
internal static class AuditEvents
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";

    private static readonly JsonSerializerOptions s_fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    /// <summary>The AuditEvent of an audit row.</summary>
    public static AuditDraft Of(AuditRow row)
    {
        var audit = new AuditEvent
        {
            Type = TypeOf(row.Action),
            Subtype = [new Coding(AuditIdentifiers.Actions, row.Action)],
            Action = ActionOf(row.Action),
            Recorded = row.At.ToUniversalTime(),
            Outcome = row.Outcome is "denied" or "not-found" or "failed" ? AuditEvent.AuditEventOutcome.N4 : AuditEvent.AuditEventOutcome.N0,
            OutcomeDesc = row.Outcome,
            Agent = [new AuditEvent.AgentComponent { Who = AuditIdentifiers.User(row.Issuer, row.User), Requestor = true }],
            Source = new AuditEvent.SourceComponent { Observer = new ResourceReference { Display = AuditIdentifiers.Software } },
        };
        if (row.PatientId is { } patient)
        {
            audit.Entity.Add(new AuditEvent.EntityComponent
            {
                What = new ResourceReference($"Patient/{patient}"),
                Type = new Coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", "1", "Person"),
                Role = new Coding("http://terminology.hl7.org/CodeSystem/object-role", "1", "Patient"),
            });
        }

        if (row.SessionKey is { } session)
        {
            audit.Entity.Add(new AuditEvent.EntityComponent
            {
                What = AuditIdentifiers.Turn(session, row.Turn),
                Type = new Coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", "2", "System Object"),
            });
        }

        return new AuditDraft(row, JsonSerializer.Serialize(audit, s_fhir));
    }

    private static Coding TypeOf(string action) => action switch
    {
        AuditAction.Authenticate => new Coding(Dicom, "110114", "User Authentication"),
        AuditAction.BeginTurn or AuditAction.EndTurn or AuditAction.SearchPatients or AuditAction.UseTools => new Coding(Dicom, "110112", "Query"),
        _ => new Coding(Dicom, "110110", "Patient Record"),
    };

    private static AuditEvent.AuditEventAction ActionOf(string action) => action switch
    {
        AuditAction.CreateSession or AuditAction.ReportWrong => AuditEvent.AuditEventAction.C,
        AuditAction.DeleteSession or AuditAction.ErasePatient => AuditEvent.AuditEventAction.D,
        AuditAction.ReadSession or AuditAction.ReadOverview or AuditAction.ReplayTurn or AuditAction.UseTools => AuditEvent.AuditEventAction.R,
        _ => AuditEvent.AuditEventAction.E,
    };
}
