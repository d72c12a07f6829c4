using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Hypothyroidism: TSH comes down under levothyroxine.</summary>
internal sealed class Thyroid(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var start = chart.Life.Before(days, 10);
        chart.Problems.Diagnose(Problems.Hypothyroidism, start);
        chart.Orders.Course(Drugs.Levothyroxine, start.AddHours(1), null, "75 ug by mouth before breakfast", "Hypothyroidism");
        var tsh = 11.4m + chart.Random.Noise(2m);
        for (var day = days; day > 20; day -= 170)
        {
            chart.Labs.Measure(Tests.Tsh, chart.Life.Before(day, 8, 20), tsh + chart.Random.Noise(0.2m));
            tsh -= (tsh - 2.1m) * 0.6m;
        }
    }
}
