using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>
/// MMLU (https://github.com/hendrycks/test) in its converted rows <c>question</c>, <c>subject</c>, <c>choices</c>, <c>answer</c> (a place from 0, or a letter). The six
/// medical subjects count; others are left out.
/// </summary>
internal sealed class MmluShape : IExamShape
{
    private static readonly FrozenSet<string> Subjects = new[]
    {
        "anatomy", "clinical_knowledge", "college_biology", "college_medicine", "medical_genetics", "professional_medicine",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Func<JsonElement, int, RowReading> Survey(IReadOnlyList<JsonElement> rows) => Read;

    private static RowReading Read(JsonElement row, int number)
    {
        var subject = Row.Text(row, "subject");
        if (!Subjects.Contains(subject))
            return new RowReading.LeftOut("of a subject that is not medical");

        var options = ExamQuestion.Lettered(Row.Texts(row, "choices"));
        var place = Row.OptionalText(row, "answer") is [>= 'A' and <= 'Z' and var letter] ? letter - 'A' : Row.Whole(row, "answer");
        return new RowReading.Question(new ExamQuestion(
            string.Create(CultureInfo.InvariantCulture, $"mmlu-{number}"), subject, null, Row.Text(row, "question"), options, Row.Letter(place, options)));
    }
}
