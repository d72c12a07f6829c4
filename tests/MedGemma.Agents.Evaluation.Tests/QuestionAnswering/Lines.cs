using System.Text.Json;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering;

/// <summary>Questions and predictions written as their JSON.</summary>
internal static class Lines
{
    public static EvaluationQuestion Question(string answer, string? template = null, string? status = null, string id = "q", string patient = "p") =>
        Read($$"""{"id":"{{id}}","patient":"{{patient}}","question":"?","template":{{Quote(template)}},"status":{{Quote(status)}},"answer":{{answer}}}""");

    public static EvaluationQuestion Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        return QuestionLine.Read(document.RootElement, 1);
    }

    public static Prediction Answered(string values, string id = "q") => new(id, AnswerStatus.Answered, Values(values), null, "text", [], 1);

    public static Prediction NoneRecorded(string id = "q") => new(id, AnswerStatus.NoneRecorded, [], null, "text", [], 1);

    public static Prediction Unsure(string id = "q") => new(id, AnswerStatus.Unsure, [], null, "text", [], 1);

    public static IReadOnlyList<JsonElement> Values(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(value => value.Clone())];
    }

    private static string Quote(string? text) => text is null ? "null" : JsonSerializer.Serialize(text);
}
