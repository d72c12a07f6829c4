using System.Globalization;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>
/// MedQA, English, four options (https://github.com/jind11/MedQA, <c>4_options/phrases_no_exclude_test.jsonl</c>, and its copies): <c>question</c>, <c>options</c>
/// by letter, <c>answer_idx</c>, <c>answer</c> (the option's text), <c>meta_info</c> (the examination's step).
/// </summary>
internal sealed class MedQaShape : IExamShape
{
    private const int Options = 4;

    /// <inheritdoc/>
    public Func<JsonElement, int, RowReading> Survey(IReadOnlyList<JsonElement> rows) => Read;

    private static RowReading.Question Read(JsonElement row, int number)
    {
        if (!row.TryGetProperty("options", out var given) || given.ValueKind != JsonValueKind.Object)
            throw new FormatException("options is missing or no object");

        var options = given.EnumerateObject()
            .Select(option => option is { Name: [var letter], Value.ValueKind: JsonValueKind.String } ? new ExamOption(letter, option.Value.GetString()!) : throw new FormatException("an option has no letter or no text"))
            .OrderBy(option => option.Letter)
            .ToList();
        if (options.Count != Options || !options.Select(option => option.Letter).SequenceEqual("ABCD"))
            throw new FormatException($"{options.Count} options where the four-option set has A to D; the five-option set is another exam");

        var gold = options.Find(option => Row.Text(row, "answer_idx") == option.Letter.ToString()) ?? throw new FormatException("answer_idx is no letter of an option");
        if (Row.OptionalText(row, "answer") is { } answer && answer != gold.Text)
            throw new FormatException("answer is not the text of the option that answer_idx names");

        return new RowReading.Question(new ExamQuestion(
            string.Create(CultureInfo.InvariantCulture, $"medqa-{number}"), Row.OptionalText(row, "meta_info") ?? "medqa", null, Row.Text(row, "question"), options, gold.Letter));
    }
}
