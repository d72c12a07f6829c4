using System.Globalization;
using Hl7.Fhir.Model;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>How users, turns and answers are named in AuditEvent and Provenance: by identifiers, because none of them is a FHIR resource here.</summary>
internal static class AuditIdentifiers
{
    public const string Software = "medgemma";

    public const string Actions = "urn:medgemma:audit-action";

    public const string AnswerDigest = "urn:medgemma:answer-sha256";

    private const string Turns = "urn:medgemma:turn";

    public static ResourceReference User(string issuer, string user) => new()
    {
        Identifier = new Identifier(Uri.IsWellFormedUriString(issuer, UriKind.Absolute) ? issuer : $"urn:medgemma:issuer:{Uri.EscapeDataString(issuer ?? "")}", user),
    };

    public static ResourceReference Turn(string session, int? turn) => new()
    {
        Identifier = new Identifier(Turns, turn is null ? session : string.Create(CultureInfo.InvariantCulture, $"{session}/{turn}")),
    };

    public static ResourceReference Answer(string digest) => new() { Identifier = new Identifier(AnswerDigest, digest) };
}
