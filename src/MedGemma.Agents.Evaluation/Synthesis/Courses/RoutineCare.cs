using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Yearly check-ups with vital signs, smoking status and vaccinations.</summary>
internal sealed class RoutineCare(decimal weight, decimal height, int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        for (var year = years; year >= 1; year--)
        {
            var when = chart.Life.Before((year * 365) - 40, 9, chart.Random.Next(4) * 15);
            var visit = chart.Visits.Clinic(when, "Annual check-up");
            var kilograms = weight + chart.Random.Noise(2m);
            chart.Labs.Vitals(when.AddMinutes(5), visit, kilograms, chart.Random.Between(62, 84), 36.6m + chart.Random.Noise(0.3m), chart.Random.Between(96, 99));
            chart.Labs.Measure(Tests.Bmi, when.AddMinutes(6), kilograms / (height * height / 10_000m), visit);
            if (year == years)
            {
                chart.Labs.Measure(Tests.Height, when.AddMinutes(4), height, visit);
                Smoking(chart, when, visit);
            }

            chart.Problems.Vaccinate("140", "Influenza, seasonal, injectable, preservative free", "flu", when.AddMinutes(20), asked: ["flu shot", "influenza vaccine", "flu vaccine"]);
        }

        chart.Problems.Vaccinate("115", "Tdap", "tdap", chart.Life.Before((years * 365) - 400, 11), asked: ["Tdap vaccine", "Tdap"]);
    }

    private static void Smoking(ClinicalChart chart, DateTimeOffset when, Encounter visit)
    {
        var smoking = chart.Labs.Blank(Tests.Height, when.AddMinutes(3), visit);
        smoking.Category = [Coded.Category("social-history")];
        smoking.Code = Coded.Concept(Systems.Loinc, "72166-2", "Tobacco smoking status");
        smoking.Value = Coded.Concept(Systems.Snomed, "266919005", "Never smoked tobacco");
        chart.Add(smoking);
    }
}
