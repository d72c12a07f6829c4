using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Chronic kidney disease: creatinine rises slowly, eGFR falls with it, potassium drifts up.</summary>
internal sealed class Kidney(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var diagnosed = chart.Life.Before(days - 200, 10);
        chart.Problems.Diagnose(Problems.Kidney, diagnosed);
        var step = 0;
        for (var day = days; day > 15; day -= 152)
        {
            var when = chart.Life.Before(day, 8, 15);
            var creatinine = 1.25m + (0.06m * step) + chart.Random.Noise(0.05m);
            var results = new[]
            {
                chart.Labs.Measure(Tests.Creatinine, when, creatinine),
                chart.Labs.Measure(Tests.Egfr, when, 72m / creatinine),
                chart.Labs.Measure(Tests.Potassium, when, 4.3m + (0.05m * step) + chart.Random.Noise(0.25m)),
                chart.Labs.Measure(Tests.Sodium, when, 139m + chart.Random.Noise(3m)),
            };
            chart.Labs.Report("24321-2", "Basic metabolic 2000 panel - Serum or Plasma", when, results, conclusion: "Renal function slowly declining.");
            step++;
        }
    }
}
