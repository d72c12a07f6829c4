using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// Writes the FHIR R4 Provenance of an answer (<see href="https://hl7.org/fhir/R4/provenance.html"/>): the turn and the digest of the answer as targets, the
/// versions of the resources that its claims rest on as sources, the program and the user as agents; <see cref="ModelProvenance"/> adds what models did.
/// </summary>
internal static class AnswerProvenances
{
    /// <summary>The Provenance of a turn that gave an answer.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="result">What came of it; with an answer.</param>
    /// <param name="ended">The audit row of its end.</param>
    public static AuditDraft Of(TurnRow turn, TurnResultRow result, AuditRow ended)
    {
        if (result.AnswerJson is null)
            throw new ArgumentException("A turn without an answer has no Provenance.", nameof(result));

        return new AuditDraft(ended with { Action = AuditAction.RecordAnswer }, FhirJson.Write("Provenance", (turn, result, ended), WriteMembers));
    }

    /// <summary>SHA-256 of an answer as stored.</summary>
    public static string DigestOf(string answerJson) => DigestOf(Encoding.UTF8.GetBytes(answerJson));

    /// <summary>SHA-256 of what else is stored of a turn: question, queries, versions of the record and work of models, each with its length before it.</summary>
    public static string DigestOfWork(string question, string queries, string? recordVersions, string? modelWork)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { question, queries, recordVersions, modelWork })
        {
            var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(part is null ? -1 : bytes.Length)));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The digests that a Provenance names.</summary>
    public static (string? Answer, string? Work) ReadDigests(string resource)
    {
        using var document = JsonDocument.Parse(resource);
        if (!document.RootElement.TryGetProperty("target", out var targets))
            return (null, null);

        var identifiers = targets.EnumerateArray().Select(target => target.GetProperty("identifier")).ToList();
        return (Find(AuditIdentifiers.AnswerDigest), Find(AuditIdentifiers.WorkDigest));

        string? Find(string system) => identifiers
            .Where(identifier => identifier.GetProperty("system").ValueEquals(system))
            .Select(identifier => identifier.GetProperty("value").GetString())
            .FirstOrDefault();
    }

    private static void WriteMembers(Utf8JsonWriter writer, (TurnRow Turn, TurnResultRow Result, AuditRow Ended) of)
    {
        var (turn, result, ended) = of;
        var answer = Encoding.UTF8.GetBytes(result.AnswerJson!);
        var work = result.ModelWork is { } done ? ModelWorkJson.Read(Encoding.UTF8.GetBytes(done)) : null;
        if (work is { Agents.Count: > 0 })
            ModelProvenance.WriteDevices(writer, work);

        writer.WriteStartArray("target"u8);
        writer.WriteReference(AuditIdentifiers.Turn(turn.SessionKey, turn.Number));
        writer.WriteReference(AuditIdentifiers.Answer(DigestOf(answer)));
        writer.WriteReference(AuditIdentifiers.Work(DigestOfWork(turn.Question, result.QueriesJson, result.RecordVersions, result.ModelWork)));
        writer.WriteEndArray();
        writer.WriteString("recorded"u8, result.FinishedAt.ToUniversalTime());
        writer.WritePropertyName("activity"u8);
        writer.WriteConcept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create");

        writer.WriteStartArray("agent"u8);
        writer.WriteStartObject();
        writer.WritePropertyName("type"u8);
        writer.WriteConcept(AuditIdentifiers.ParticipantTypes, "assembler", "Assembler");
        writer.WritePropertyName("who"u8);
        writer.WriteReference("display", $"{AuditIdentifiers.Software}, planner {result.Planner}");
        writer.WriteEndObject();
        if (work is not null)
            ModelProvenance.WriteAgents(writer, work);

        writer.WriteStartObject();
        writer.WritePropertyName("type"u8);
        writer.WriteConcept(AuditIdentifiers.ParticipantTypes, "enterer", "Enterer");
        writer.WritePropertyName("who"u8);
        writer.WriteReference(AuditIdentifiers.User(ended.Issuer, ended.User));
        writer.WriteEndObject();
        writer.WriteEndArray();

        var sources = SourcesOf(answer);
        (string System, string Value)[] read = work is null ? [] : [.. ModelProvenance.Sources(work)];
        if (sources.Length + read.Length == 0)
            return;

        writer.WriteStartArray("entity"u8);
        foreach (var source in sources)
        {
            WriteRole(writer);
            writer.WriteReference("reference", source);
            writer.WriteEndObject();
        }

        foreach (var source in read)
        {
            WriteRole(writer);
            writer.WriteReference(source);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRole(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "source"u8);
        writer.WritePropertyName("what"u8);
    }

    private static string DigestOf(ReadOnlySpan<byte> answer) => Convert.ToHexStringLower(SHA256.HashData(answer));

    private static string[] SourcesOf(ReadOnlyMemory<byte> answerJson)
    {
        using var answer = JsonDocument.Parse(answerJson);
        if (answer.RootElement.ValueKind != JsonValueKind.Object || !answer.RootElement.TryGetProperty("claims"u8, out var claims))
            return [];

        return [.. claims.EnumerateArray()
            .SelectMany(claim => claim.GetProperty("evidence"u8).EnumerateArray())
            .Select(evidence => $"{evidence.GetProperty("reference"u8).GetString()}/_history/{evidence.GetProperty("version"u8).GetString()}")
            .Distinct(StringComparer.Ordinal)];
    }
}
