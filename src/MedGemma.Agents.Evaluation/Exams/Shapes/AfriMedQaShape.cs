using System.Globalization;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>
/// AfriMed-QA v2 (https://huggingface.co/datasets/intronhealth/afrimedqa_v2) as rows: <c>sample_id</c>, <c>question_type</c>, <c>question</c>,
/// <c>answer_options</c> (an object <c>option1</c>, <c>option2</c>, ... as JSON text), <c>correct_answer</c> (<c>option2</c>), <c>specialty</c>. Open-ended rows,
/// and those with several right options, are left out.
/// </summary>
internal sealed class AfriMedQaShape : IExamShape
{
    /// <inheritdoc/>
    public Func<JsonElement, int, RowReading> Survey(IReadOnlyList<JsonElement> rows) => Read;

    private static RowReading Read(JsonElement row, int number)
    {
        if (!string.Equals(Row.Text(row, "question_type"), "mcq", StringComparison.OrdinalIgnoreCase))
            return new RowReading.LeftOut("not a multiple-choice question");

        var right = Row.Text(row, "correct_answer").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (right.Length != 1)
            return new RowReading.LeftOut("with several right options");

        var named = Options(row);
        var options = ExamQuestion.Lettered(named.Select(option => option.Text));
        return new RowReading.Question(new ExamQuestion(
            Row.Name(row, "sample_id") ?? string.Create(CultureInfo.InvariantCulture, $"afrimed-{number}"),
            Row.OptionalText(row, "specialty") ?? "afrimed-qa",
            null,
            Row.OptionalText(row, "question_clean") ?? Row.Text(row, "question"),
            options,
            Row.Letter(named.FindIndex(option => option.Name == right[0]), options)));
    }

    private static List<(string Name, string Text)> Options(JsonElement row)
    {
        if (row.TryGetProperty("answer_options", out var given) && given.ValueKind == JsonValueKind.Object)
            return Read(given);

        try
        {
            using var text = JsonDocument.Parse(Row.Text(row, "answer_options"));
            return Read(text.RootElement);
        }
        catch (JsonException)
        {
            throw new FormatException("answer_options is no JSON object");
        }
    }

    private static List<(string Name, string Text)> Read(JsonElement options) =>
        options.ValueKind == JsonValueKind.Object
            ? [.. options.EnumerateObject().Where(option => option.Value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(option.Value.GetString())).Select(option => (option.Name, option.Value.GetString()!))]
            : throw new FormatException("answer_options is no JSON object");
}
