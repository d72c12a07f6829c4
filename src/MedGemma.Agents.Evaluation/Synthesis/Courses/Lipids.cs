using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Hyperlipidaemia: simvastatin, then atorvastatin; LDL falls twice.</summary>
internal sealed class Lipids(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var start = chart.Life.Before(days, 11);
        chart.Problems.Diagnose(Problems.Hyperlipidemia, start);
        var changed = days - 500;
        chart.Orders.Course(Drugs.Simvastatin, start.AddMinutes(20), chart.Life.Before(changed, 10), "20 mg by mouth at bedtime", "Hyperlipidemia");
        chart.Orders.Course(Drugs.Atorvastatin, chart.Life.Before(changed, 11), null, "20 mg by mouth at bedtime", "Hyperlipidemia");
        for (var day = days; day > 30; day -= 250)
        {
            var when = chart.Life.Before(day, 8, 5);
            var ldl = (day == days ? 172m : day > changed ? 118m : 84m) + chart.Random.Noise(9m);
            var hdl = 46m + chart.Random.Noise(5m);
            var triglycerides = 150m + chart.Random.Noise(30m);
            var results = new[]
            {
                chart.Labs.Measure(Tests.Ldl, when, ldl),
                chart.Labs.Measure(Tests.Hdl, when, hdl),
                chart.Labs.Measure(Tests.Triglycerides, when, triglycerides),
                chart.Labs.Measure(Tests.Cholesterol, when, ldl + hdl + (triglycerides / 5m)),
            };
            chart.Labs.Report("57698-3", "Lipid panel with direct LDL - Serum or Plasma", when, results);
        }
    }
}
