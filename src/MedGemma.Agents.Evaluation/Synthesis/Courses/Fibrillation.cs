using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Atrial fibrillation: warfarin with INR for two years, then apixaban and no more INR.</summary>
internal sealed class Fibrillation(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var start = chart.Life.Before(days, 10);
        var changed = days - 730;
        chart.Problems.Diagnose(Problems.Fibrillation, start);
        chart.Orders.Course(Drugs.Warfarin, start.AddHours(1), chart.Life.Before(changed, 10), "5 mg by mouth every evening", "Atrial fibrillation");
        chart.Orders.Course(Drugs.Apixaban, chart.Life.Before(changed, 11), null, "5 mg by mouth twice daily", "Atrial fibrillation");
        for (var day = days - 7; day > changed; day -= 45)
            chart.Labs.Measure(Tests.Inr, chart.Life.Before(day, 8, 10), 2.5m + chart.Random.Noise(0.9m));

        chart.Notes.Progress(chart.Life.Before(changed, 11, 30), "INR difficult to keep in range. Warfarin stopped, apixaban 5 mg twice daily started. No further INR checks needed.");
    }
}
