using System.Globalization;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>How users, turns and answers are named in AuditEvent and Provenance: by identifiers, because none of them is a FHIR resource here.</summary>
internal static class AuditIdentifiers
{
    public const string Software = "medgemma";

    public const string Actions = "urn:medgemma:audit-action";

    /// <summary>What an agent of a Provenance did (https://hl7.org/fhir/R4/valueset-provenance-agent-type.html).</summary>
    public const string ParticipantTypes = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    public const string AnswerDigest = "urn:medgemma:answer-sha256";

    public const string WorkDigest = "urn:medgemma:turn-work-sha256";

    private const string Turns = "urn:medgemma:turn";

    public static (string System, string Value) User(string issuer, string user) =>
        (Uri.IsWellFormedUriString(issuer, UriKind.Absolute) ? issuer : $"urn:medgemma:issuer:{Uri.EscapeDataString(issuer)}", user);

    public static (string System, string Value) Turn(string session, int? turn) =>
        (Turns, turn is null ? session : string.Create(CultureInfo.InvariantCulture, $"{session}/{turn}"));

    public static (string System, string Value) Answer(string digest) => (AnswerDigest, digest);

    public static (string System, string Value) Work(string digest) => (WorkDigest, digest);
}
