using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Type 2 diabetes: high at diagnosis, falling under metformin, creeping up, falling again when the dose is doubled.</summary>
internal sealed class Diabetes(int years, bool mixedUnits = false) : ICourse
{
    private const string Target = "HbA1c below 7 %";

    public void Write(ClinicalChart chart)
    {
        var random = chart.Random;
        var days = years * 365;
        var start = chart.Life.Before(days, 10);
        var visit = chart.Visits.Clinic(start, "Tiredness and thirst");
        chart.Problems.Diagnose(Problems.Diabetes, start, encounter: visit);
        var raised = days / 2;
        chart.Orders.Course(Drugs.Metformin500, start.AddMinutes(40), chart.Life.Before(raised, 11), "500 mg by mouth twice daily", "Type 2 diabetes");
        chart.Orders.Course(Drugs.Metformin1000, chart.Life.Before(raised, 12), null, "1000 mg by mouth twice daily", "Type 2 diabetes", DrugForm.Contained);

        var level = 9.2m + random.Noise(0.6m);
        for (var day = days; day > 20; day -= 122)
        {
            var when = chart.Life.Before(day, 8, 30);
            var value = level + random.Noise(0.15m);
            Measure(chart, when, value, day, days);
            var rising = day > raised && day < raised + (days / 5);
            level = rising ? level + 0.25m : level - ((level - 6.6m) * 0.45m);
        }

        Plan(chart, start);
        chart.Notes.Progress(start.AddHours(1), "New diagnosis of type 2 diabetes. Metformin 500 mg twice daily started. Review in four months.", visit);
    }

    private void Measure(ClinicalChart chart, DateTimeOffset when, decimal hba1c, int day, int days)
    {
        var glucose = (28.7m * hba1c) - 46.7m + chart.Random.Noise(12m);
        var results = new List<Observation>();
        var middle = day < days * 2 / 3 && day > days / 3;
        if (mixedUnits && middle && (days - day) / 122 % 2 == 0)
            results.Add(chart.Labs.Measure(Tests.HbA1cIfcc, when, (hba1c - 2.152m) / 0.09148m));
        else
            results.Add(chart.Labs.Measure(Tests.HbA1c, when, hba1c));

        results.Add(mixedUnits && day < days / 4 ? chart.Labs.Measure(Tests.GlucoseMolar, when, glucose / 18.0156m) : chart.Labs.Measure(Tests.Glucose, when, glucose));
        foreach (var foreign in results.Where(result => result.Code.Coding[0].Code is "59261-8" or "14749-6"))
            chart.Plant("mixed-units", foreign, "One series in two units; numbers are compared only after conversion.");

        chart.Labs.Report("55399-0", "Diabetes tracking panel", when, results);
    }

    private static void Plan(ClinicalChart chart, DateTimeOffset start)
    {
        var goal = chart.Add(new Goal
        {
            LifecycleStatus = Goal.GoalLifecycleStatus.Active,
            Description = Coded.Named(Target),
            Subject = chart.Subject,
            Start = new Date(start.DayText()),
        });
        chart.Know(new Fact(FactKind.Goal, "hba1c", ClinicalChart.Name(goal)) { Name = Target, When = start, WhenText = start.DayText(), Current = true });
        chart.Add(new CarePlan
        {
            Status = RequestStatus.Active,
            Intent = CarePlan.CarePlanIntent.Plan,
            Title = "Diabetes self management plan",
            Category = [Coded.Concept(Systems.Snomed, "698360004", "Diabetes self management plan")],
            Subject = chart.Subject,
            Period = start.Until(null),
            Goal = [chart.To(goal)],
        });
    }
}
