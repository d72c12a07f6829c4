using System.Globalization;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>
/// PubMedQA, expert-labelled (https://github.com/pubmedqa/pubmedqa): the original object of PubMed ids with <c>QUESTION</c>, <c>CONTEXTS</c>, <c>LABELS</c>,
/// <c>final_decision</c>, or rows of its converted form with <c>pubid</c>, <c>question</c>, <c>context.contexts</c>, <c>final_decision</c>. The long answer is the
/// conclusion and never shown.
/// </summary>
internal sealed class PubMedQaShape : IExamShape
{
    private static readonly string[] Decisions = ["yes", "no", "maybe"];

    /// <inheritdoc/>
    public Func<JsonElement, int, RowReading> Survey(IReadOnlyList<JsonElement> rows) => Read;

    private static RowReading.Question Read(JsonElement row, int number)
    {
        var original = row.TryGetProperty("QUESTION", out _);
        var context = original ? row : row.TryGetProperty("context", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : throw new FormatException("context is missing or no object");
        var options = ExamQuestion.Lettered(Decisions);
        var id = Row.Name(row, original ? ExamRows.KeyName : "pubid") ?? string.Create(CultureInfo.InvariantCulture, $"pubmedqa-{number}");
        return new RowReading.Question(new ExamQuestion(
            id,
            "pubmedqa",
            Abstract(context, original),
            Row.Text(row, original ? "QUESTION" : "question"),
            options,
            Row.Letter(Array.IndexOf(Decisions, Row.Text(row, "final_decision")), options)));
    }

    private static string Abstract(JsonElement context, bool original)
    {
        var parts = Row.Texts(context, original ? "CONTEXTS" : "contexts");
        var labels = context.TryGetProperty(original ? "LABELS" : "labels", out _) ? Row.Texts(context, original ? "LABELS" : "labels") : [];
        return string.Join('\n', parts.Select((part, place) => place < labels.Count ? $"{labels[place]}: {part}" : part));
    }
}
