using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;

/// <summary>One prediction line: what was answered to one question.</summary>
/// <param name="Id">Identifier of the question.</param>
/// <param name="Status">Answered, none recorded, or unsure.</param>
/// <param name="Values">Scalars; empty unless answered.</param>
/// <param name="Unit">Unit of the numbers, or null.</param>
/// <param name="Text">The answer for a person.</param>
/// <param name="Evidence">References of the resources that the supported claims rest on, each once, in the order of the claims.</param>
/// <param name="LatencyMs">Milliseconds from question to answer, the reading of the record left out.</param>
internal sealed record Prediction(
    string Id,
    AnswerStatus Status,
    IReadOnlyList<JsonElement> Values,
    string? Unit,
    string Text,
    IReadOnlyList<string> Evidence,
    double LatencyMs)
{
    /// <summary>The prediction that an answer makes.</summary>
    /// <param name="id">Identifier of the question.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="latency">From question to answer.</param>
    public static Prediction Of(string id, Answer answer, TimeSpan latency) => new(
        id,
        answer.Status,
        answer.Status == AnswerStatus.Answered ? answer.Values : [],
        answer.Unit,
        answer.Text,
        [.. answer.Claims.Where(claim => claim.Verdict == Verdict.Supported).SelectMany(Proof).Select(proof => proof.Resource.ToString()).Distinct(StringComparer.Ordinal)],
        Math.Round(latency.TotalMilliseconds, 3));

    /// <summary>The prediction for a question that could not be put, because its record could not be had.</summary>
    /// <param name="id">Identifier of the question.</param>
    /// <param name="reason">Why, without patient data.</param>
    public static Prediction Unanswerable(string id, string reason) => new(id, AnswerStatus.Unsure, [], null, reason, [], 0);

    private static IEnumerable<Evidence> Proof(Claim claim) =>
        claim.Derivation is null ? claim.Evidence : claim.Evidence.Concat(claim.Derivation.Inputs);
}
