using System.Globalization;
using System.Text.Json;

namespace MedGemma.Agents.Evaluation.Exams.Shapes;

/// <summary>
/// MedMCQA (https://github.com/medmcqa/medmcqa, <c>dev.json</c>, which is JSON Lines; the reports use this split because the test split has no answers):
/// <c>id</c>, <c>question</c>, <c>opa</c> to <c>opd</c>, <c>cop</c>, <c>choice_type</c>, <c>subject_name</c>. <c>cop</c> counts from 1 in the original files and
/// from 0 in the converted ones, so the whole file decides.
/// </summary>
internal sealed class MedMcqaShape : IExamShape
{
    private static readonly string[] OptionNames = ["opa", "opb", "opc", "opd"];

    /// <inheritdoc/>
    public Func<JsonElement, int, RowReading> Survey(IReadOnlyList<JsonElement> rows)
    {
        if (rows.All(row => !row.TryGetProperty("cop", out _) || Row.Whole(row, "cop") == -1))
            throw new FormatException("no row has a right option (cop): this is the test split, whose answers are not published; take the validation split");

        var places = rows.Where(row => row.ValueKind == JsonValueKind.Object).Select(row => Row.Whole(row, "cop")).ToHashSet();
        var (fromZero, fromOne) = (places.Contains(0), places.Contains(OptionNames.Length));
        if (fromZero == fromOne)
        {
            throw new FormatException(fromZero
                ? "cop is 0 in one row and 4 in another, so that it can be counted neither from 0 nor from 1"
                : "cop is neither 0 nor 4 in any row, so that nothing tells whether it counts from 0 or from 1; take more rows");
        }

        var first = fromZero ? 0 : 1;
        return (row, number) => Read(row, number, first);
    }

    private static RowReading.Question Read(JsonElement row, int number, int first)
    {
        var options = ExamQuestion.Lettered(OptionNames.Select(name => Row.Text(row, name)));
        return new RowReading.Question(new ExamQuestion(
            Row.OptionalText(row, "id") ?? string.Create(CultureInfo.InvariantCulture, $"medmcqa-{number}"),
            Row.OptionalText(row, "subject_name") ?? "medmcqa",
            null,
            Row.Text(row, "question"),
            options,
            Row.Letter(Row.Whole(row, "cop") - first, options)));
    }
}
