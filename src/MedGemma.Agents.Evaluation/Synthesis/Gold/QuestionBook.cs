using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>All questions about one patient.</summary>
internal static class QuestionBook
{
    /// <summary>The questions of the fixtures.</summary>
    public static IReadOnlyList<ExpectedAnswer> Write(ClinicalChart chart, ulong seed)
    {
        var random = new SeedStream(seed, chart.Life.Number, "questions").Random;
        var questions = new FixtureQuestions(chart.Life, random);
        Draft(chart, new QuestionSheet(chart.Life.Now, random, questions));
        return questions.Questions;
    }

    /// <summary>Writes every question that the chart allows.</summary>
    public static void Draft(ClinicalChart chart, QuestionSheet sheet)
    {
        var view = new GoldView(chart, chart.Life.Now);
        MeasurementQuestions.Write(sheet, view);
        SeriesQuestions.Write(sheet, view);
        UnitQuestions.Write(sheet, view);
        MedicationQuestions.Write(sheet, view);
        DrugClassQuestions.Write(sheet, view);
        WindowQuestions.Write(sheet, view);
        NoteQuestions.Write(sheet, view);
        BedsideQuestions.Write(sheet, view);
        ProblemQuestions.Write(sheet, view);
        ProcedureQuestions.Write(sheet, view);
        HospitalQuestions.Write(sheet, view);
        DayOneQuestions.Write(sheet, view);
        PersonQuestions.Write(sheet, view);

        // The same chart asked earlier: what came later must not be known.
        sheet.Now = chart.Life.Now.AddDays(-430);
        MeasurementQuestions.WriteEarlier(sheet, new GoldView(chart, sheet.Now));
    }
}
