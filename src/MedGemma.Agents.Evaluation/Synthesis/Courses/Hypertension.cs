using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Hypertension: lisinopril, doubled after a year, amlodipine added; the pressure follows.</summary>
internal sealed class Hypertension(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var start = chart.Life.Before(days, 9);
        var visit = chart.Visits.Clinic(start, "High blood pressure at screening");
        chart.Problems.Diagnose(Problems.Hypertension, start, encounter: visit);
        chart.Labs.BloodPressure(start.AddMinutes(10), chart.Random.Between(162, 172), chart.Random.Between(94, 101), visit);
        var doubled = days - 365;
        var added = days - 800;
        chart.Orders.Course(Drugs.Lisinopril10, start.AddMinutes(30), chart.Life.Before(doubled, 10), "10 mg by mouth once daily", "Hypertension");
        chart.Orders.Course(Drugs.Lisinopril20, chart.Life.Before(doubled, 11), null, "20 mg by mouth once daily", "Hypertension", DrugForm.Referenced);
        if (added > 90)
            chart.Orders.Course(Drugs.Amlodipine, chart.Life.Before(added, 10), null, "5 mg by mouth once daily", "Hypertension");

        for (var day = days - 60; day > 10; day -= 91)
        {
            var systolic = 158 - (day < doubled ? 10 : 0) - (day < added ? 11 : 0) + chart.Random.Between(-5, 5);
            chart.Labs.BloodPressure(chart.Life.Before(day, 9, 20), systolic, (systolic * 3 / 5) + chart.Random.Between(-4, 2));
        }
    }
}
