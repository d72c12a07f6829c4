using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Asthma since childhood with a reliever and a preventer.</summary>
internal sealed class Asthma : ICourse
{
    public void Write(ClinicalChart chart)
    {
        chart.Problems.Diagnose(Problems.Asthma, chart.Life.Before(12 * 365, 10));
        chart.Orders.Course(Drugs.Albuterol, chart.Life.Before(900, 10), null, "2 puffs as needed", "Asthma");
        chart.Orders.Course(Drugs.Fluticasone, chart.Life.Before(700, 10), null, "1 puff twice daily", "Asthma");
    }
}
