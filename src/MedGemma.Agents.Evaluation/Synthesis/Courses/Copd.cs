using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>COPD: an inhaler for good, an exacerbation in the emergency department with five days of prednisone.</summary>
internal sealed class Copd(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        chart.Problems.Diagnose(Problems.Copd, chart.Life.Before(days, 10));
        chart.Orders.Course(Drugs.Tiotropium, chart.Life.Before(days, 10, 30), null, "18 ug inhaled once daily", "COPD");
        var bad = chart.Life.Before(days / 3, 9);
        var visit = chart.Visits.Emergency(bad, "Exacerbation of COPD");
        chart.Labs.Vitals(bad.AddMinutes(10), visit, 71m, 108, 37.9m, 87);
        chart.Labs.Measure(Tests.Crp, bad.AddMinutes(40), 64m + chart.Random.Noise(20m), visit);
        chart.Orders.Order(
            Drugs.Prednisone, bad.AddHours(4), bad.AddDays(5), Hl7.Fhir.Model.MedicationRequest.MedicationrequestStatus.Completed, "40 mg by mouth once daily for 5 days");
        chart.Notes.Progress(bad.AddHours(4), "Exacerbation of COPD. Oxygen saturation 87 % on arrival, 94 % after nebuliser. Prednisone 40 mg for five days.", visit);
    }
}
