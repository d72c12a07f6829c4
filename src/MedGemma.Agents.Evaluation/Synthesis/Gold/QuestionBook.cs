using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>All questions about one patient.</summary>
internal static class QuestionBook
{
    public static IReadOnlyList<ExpectedAnswer> Write(ClinicalChart chart, ulong seed)
    {
        var random = new SeedStream(seed, chart.Life.Number, "questions").Random;
        var sheet = new QuestionSheet(chart.Life, random);
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
        return sheet.Questions;
    }
}
