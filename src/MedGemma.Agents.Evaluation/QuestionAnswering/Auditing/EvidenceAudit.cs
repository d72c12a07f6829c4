using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>
/// Checks an answer against the raw resources, independently of the code that made it: each value must be one that a query gave with
/// proof, each piece of evidence must be what its FHIRPath evaluates to, and an absence must rest on completely supplied types.
/// Safe for concurrent use.
/// </summary>
internal sealed class EvidenceAudit
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
        var proved = answer.Queries.SelectMany(query => query.Values).ToList();
        foreach (var value in answer.Values)
            CheckValue(value, proved, sheet);

        var resources = new ParsedResources(record);
        foreach (var evidence in Proof(answer, proved).Distinct())
            sheet.Check($"{evidence.Resource} {evidence.Path}", _paths.FindMismatch(evidence, resources));
    }

    private static void CheckValue(JsonElement value, List<ResultValue> proved, AuditSheet sheet)
    {
        var sources = proved.Where(result => RecordedValue.AreSame(result.Value, value)).ToList();
        sheet.Check("value", sources.Count == 0
            ? "no query gave this value"
            : sources.Any(IsCarried) ? null : "neither evidence nor a derivation carries this value");
    }

    private static bool IsCarried(ResultValue result) =>
        result.Derivation is not null || result.Evidence.Any(evidence => RecordedValue.AreSame(evidence.Value, result.Value));

    private static IEnumerable<Evidence> Proof(Answer answer, List<ResultValue> proved) =>
        proved.SelectMany(result => result.Evidence)
            .Concat(answer.Claims.SelectMany(claim => claim.Evidence))
            .Concat(proved.Select(result => result.Derivation).Concat(answer.Claims.Select(claim => claim.Derivation))
                .OfType<Derivation>().SelectMany(derivation => derivation.Inputs));
}
