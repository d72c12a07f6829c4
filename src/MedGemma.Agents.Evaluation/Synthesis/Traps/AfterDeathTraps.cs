using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Courses;

namespace MedGemma.Agents.Evaluation.Synthesis.Traps;

/// <summary>Labels what a death leaves behind: orders that nobody closed.</summary>
internal sealed class AfterDeathTraps : ICourse
{
    public void Write(ClinicalChart chart)
    {
        if (chart.Life.Death is null)
            return;

        foreach (var fact in chart.Facts.Where(fact => fact is { Kind: FactKind.Order, Current: true }).ToList())
        {
            var order = chart.Resources.First(resource => ClinicalChart.Name(resource) == fact.Reference);
            chart.Plant("active-after-death", order, "Nothing is current after death.");
        }
    }
}
