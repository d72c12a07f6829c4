using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// Writes the FHIR R4 Provenance of an answer (<see href="https://hl7.org/fhir/R4/provenance.html"/>): the turn and the digest of the answer as targets, the
/// versions of the resources that its claims rest on as sources, the program and the user as agents.
/// </summary>
internal static class AnswerProvenances
{
    private static readonly JsonSerializerOptions s_fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    /// <summary>The Provenance of a turn that gave an answer.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="result">What came of it; with an answer.</param>
    /// <param name="ended">The audit row of its end.</param>
    public static AuditDraft Of(TurnRow turn, TurnResultRow result, AuditRow ended)
    {
        var answer = result.AnswerJson ?? throw new ArgumentException("A turn without an answer has no Provenance.", nameof(result));
        var provenance = new Provenance
        {
            Target = [AuditIdentifiers.Turn(turn.SessionKey, turn.Number), AuditIdentifiers.Answer(DigestOf(answer))],
            Recorded = result.FinishedAt.ToUniversalTime(),
            Activity = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create", null),
            Agent =
            [
                new Provenance.AgentComponent
                {
                    Type = new CodeableConcept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler", "Assembler", null),
                    Who = new ResourceReference { Display = $"{AuditIdentifiers.Software}, planner {result.Planner}" },
                },
                new Provenance.AgentComponent
                {
                    Type = new CodeableConcept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "enterer", "Enterer", null),
                    Who = AuditIdentifiers.User(ended.Issuer, ended.User),
                },
            ],
            Entity =
            [
                .. SourcesOf(answer).Select(reference => new Provenance.EntityComponent
                {
                    Role = Provenance.ProvenanceEntityRole.Source,
                    What = new ResourceReference(reference),
                }),
            ],
        };
        return new AuditDraft(ended with { Action = AuditAction.RecordAnswer }, JsonSerializer.Serialize(provenance, s_fhir));
    }

    /// <summary>SHA-256 of an answer as stored.</summary>
    public static string DigestOf(string answerJson) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answerJson)));

    /// <summary>The digest that a Provenance names, or null.</summary>
    public static string? ReadDigest(string resource)
    {
        using var document = JsonDocument.Parse(resource);
        return document.RootElement.TryGetProperty("target", out var targets)
            ? targets.EnumerateArray()
                .Select(target => target.GetProperty("identifier"))
                .Where(identifier => identifier.GetProperty("system").ValueEquals(AuditIdentifiers.AnswerDigest))
                .Select(identifier => identifier.GetProperty("value").GetString())
                .FirstOrDefault()
            : null;
    }

    private static IEnumerable<string> SourcesOf(string answerJson)
    {
        using var answer = JsonDocument.Parse(answerJson);
        if (answer.RootElement.ValueKind != JsonValueKind.Object || !answer.RootElement.TryGetProperty("claims", out var claims))
            return [];

        return [.. claims.EnumerateArray()
            .SelectMany(claim => claim.GetProperty("evidence").EnumerateArray())
            .Select(evidence => $"{evidence.GetProperty("reference").GetString()}/_history/{evidence.GetProperty("version").GetString()}")
            .Distinct(StringComparer.Ordinal)];
    }
}
