using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Heart failure: two decompensations with hospital stays less than 30 days apart, weight and NT-proBNP before and after.</summary>
internal sealed class HeartFailure(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var start = chart.Life.Before(days, 10);
        chart.Problems.Diagnose(Problems.HeartFailure, start);
        chart.Problems.Perform("433236007", "Transthoracic echocardiography", start.AddHours(3), asked: ["transthoracic echocardiography", "echocardiogram"]);
        chart.Labs.Measure(Tests.EjectionFraction, start.AddHours(3), 34m + chart.Random.Noise(4m));
        chart.Orders.Course(Drugs.Furosemide, start.AddHours(1), null, "40 mg by mouth every morning", "Heart failure");
        chart.Orders.Course(Drugs.Metoprolol, start.AddHours(1).AddMinutes(5), null, "50 mg by mouth once daily", "Heart failure");
        for (var day = days - 30; day > 20; day -= 180)
            chart.Labs.Measure(Tests.NtProBnp, chart.Life.Before(day, 8, 40), 900m + chart.Random.Noise(250m));

        var first = days / 2;
        Decompensate(chart, first, 6, 5200m, "Acute on chronic heart failure");
        Decompensate(chart, first - 6 - 15, 4, 4100m, "Recurrent fluid overload");
    }

    private static void Decompensate(ClinicalChart chart, int day, int length, decimal peak, string reason)
    {
        var admitted = chart.Life.Before(day, 14, 10);
        var stay = chart.Visits.Admit(admitted, chart.Life.Before(day - length, 11, 30), reason);
        chart.Labs.Measure(Tests.NtProBnp, admitted.AddMinutes(30), peak + chart.Random.Noise(300m), stay);
        chart.Labs.Measure(Tests.NtProBnp, chart.Life.Before(day - length, 8), peak / 3m, stay);
        for (var d = 0; d <= length; d++)
            chart.Labs.Measure(Tests.Weight, chart.Life.Before(day - d, d == 0 ? 15 : 8, 20), 88m - (0.9m * d) + chart.Random.Noise(0.2m), stay);

        chart.Notes.Discharge(
            chart.Life.Before(day - length, 11), $"Admitted with {reason.ToLowerInvariant()}. Diuresed with loss of about {0.9m * length} kg. Discharged home on furosemide 40 mg daily.", stay);
    }
}
