using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>
/// Checks an answer against the raw resources, independently of the code that made it: each value must be one that a query gave with
/// proof, each piece of evidence must be what its FHIRPath evaluates to, each derivation must compute to its value again, and an
/// absence must rest on completely supplied types. Safe for concurrent use.
/// </summary>
/// <param name="derivations">Computes derived values again.</param>
internal sealed class EvidenceAudit(DerivationRecomputer derivations)
{
    private readonly FhirPathEvidence _paths = new();

    /// <summary>Checks one answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="record">The record that it was given on.</param>
    public AuditResult Check(Answer answer, PatientRecord record)
    {
        var sheet = new AuditSheet();
        if (answer.Status == AnswerStatus.NoneRecorded)
            CheckAbsence(answer, record, sheet);

        if (answer.Status == AnswerStatus.Answered)
            CheckValues(answer, record, sheet);

        return sheet.Result;
    }

    private static void CheckAbsence(Answer answer, PatientRecord record, AuditSheet sheet)
    {
        sheet.Check("receipt", answer.Queries.Count > 0 ? null : "an absence was stated without a search");
        foreach (var type in answer.Queries.SelectMany(query => query.Types).Distinct(StringComparer.Ordinal))
            sheet.Check(type, record.Receipt.IsComplete(type) ? null : "an absence was stated although the type was not completely supplied");
    }

    private void CheckValues(Answer answer, PatientRecord record, AuditSheet sheet)
    {
        var results = answer.Queries.SelectMany(query => query.Values).ToList();
        foreach (var value in answer.Values)
            sheet.Check("value", results.Any(result => RecordedValue.AreSame(result.Value, value)) ? null : "no query gave this value");

        foreach (var result in results)
            sheet.Check(result.Derivation is { } derivation ? $"derivation {derivation.Operation}" : "evidence", FindUnproved(result));

        var resources = new ParsedResources(record);
        foreach (var evidence in Proof(answer, results).DistinctBy(Identity))
            sheet.Check($"{evidence.Resource} {evidence.Path}", _paths.FindMismatch(evidence, resources));
    }

    private string? FindUnproved(ResultValue result)
    {
        if (result.Derivation is { } derivation)
        {
            if (!derivations.TryRecompute(derivation, out var computed))
                return "the derivation cannot be computed again";

            return RecordedValue.AreSame(computed, result.Value) ? null : "the derivation computes to another value";
        }

        return result.Evidence.Any(evidence => RecordedValue.AreSame(evidence.Value, result.Value)) ? null : "no evidence carries the value";
    }

    private static IEnumerable<Evidence> Proof(Answer answer, List<ResultValue> results) =>
        results.SelectMany(result => result.Evidence.Concat(result.Derivation?.Inputs ?? []))
            .Concat(answer.Claims.SelectMany(claim => claim.Evidence.Concat(claim.Derivation?.Inputs ?? [])));

    private static (ResourceKey Resource, string Version, string Path, string Value) Identity(Evidence evidence) => (
        evidence.Resource,
        evidence.Version,
        evidence.Path,
        evidence.Value.ValueKind == JsonValueKind.Undefined ? string.Empty : evidence.Value.GetRawText());
}
