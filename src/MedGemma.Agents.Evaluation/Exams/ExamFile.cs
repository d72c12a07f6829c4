using MedGemma.Agents.Evaluation.Exams.Shapes;
using MedGemma.Agents.Evaluation.Suites;

namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>Reads a file of an exam in the shape that it is published in. No exam is shipped with this program.</summary>
internal static class ExamFile
{
    /// <summary>Reads every question. A row that cannot be read refuses the file: a figure over a part of an exam is no figure of the exam.</summary>
    /// <param name="exam">Name of the exam, one of <see cref="SuiteNames.Exams"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="EvaluationRefusedException">The file is not of that exam.</exception>
    public static async Task<ExamSet> ReadAsync(string exam, string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var rows = await ExamRows.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
            throw new EvaluationRefusedException($"{name} holds no question, so nothing can be measured");

        var questions = new List<ExamQuestion>(rows.Count);
        var left = new List<string>();
        var number = 0;
        try
        {
            var read = ShapeOf(exam).Survey(rows);
            foreach (var row in rows)
            {
                number++;
                switch (read(row, number))
                {
                    case RowReading.Question question:
                        questions.Add(question.Read);
                        break;
                    case RowReading.LeftOut reason:
                        left.Add(reason.Reason);
                        break;
                }
            }
        }
        catch (FormatException problem)
        {
            throw new EvaluationRefusedException(number == 0 ? $"{name} is no file of {exam}: {problem.Message}" : $"{name}, row {number}, is none of {exam}: {problem.Message}", problem);
        }

        if (questions.CountBy(question => question.Id, StringComparer.Ordinal).FirstOrDefault(id => id.Value > 1).Key is { } twice)
            throw new EvaluationRefusedException($"{name}: the id {twice} is used twice");

        return new ExamSet(questions, [.. left.CountBy(reason => reason, StringComparer.Ordinal)]);
    }

    private static IExamShape ShapeOf(string exam) => exam switch
    {
        SuiteNames.MedQa => new MedQaShape(),
        SuiteNames.MedMcqa => new MedMcqaShape(),
        SuiteNames.PubMedQa => new PubMedQaShape(),
        SuiteNames.MmluMedical => new MmluShape(),
        SuiteNames.AfriMedQa => new AfriMedQaShape(),
        _ => throw new ArgumentOutOfRangeException(nameof(exam), exam, "Not an exam."),
    };
}
