using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>A pregnancy with antenatal visits, fetal heart rates whose focus is the fetus, and a caesarean section.</summary>
internal sealed class Pregnancy : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var begun = 900;
        var born = chart.Life.Before(begun - 275, 15, 42);
        chart.Problems.Diagnose(Problems.Pregnancy, chart.Life.Before(begun - 55, 10), born, category: "encounter-diagnosis");
        var weight = 62m;
        for (var week = 8; week <= 38; week += 6)
        {
            var when = chart.Life.Before(begun - (week * 7), 9, 30);
            var visit = chart.Visits.Clinic(when, "Antenatal visit");
            weight += 1.9m;
            chart.Labs.Measure(Tests.Weight, when.AddMinutes(5), weight, visit);
            chart.Labs.BloodPressure(when.AddMinutes(6), chart.Random.Between(104, 122), chart.Random.Between(62, 76), visit);
            Listen(chart, when.AddMinutes(15), visit);
        }

        var stay = chart.Visits.Admit(chart.Life.Before(begun - 275, 9), chart.Life.Before(begun - 278, 12), "Delivery");
        chart.Problems.Perform("11466000", "Cesarean section", born, stay, asked: ["cesarean section", "C-section"]);
        chart.Labs.Measure(Tests.Hemoglobin, born.AddHours(1), 10.1m + chart.Random.Noise(0.4m), stay);
        chart.Notes.Discharge(chart.Life.Before(begun - 278, 11), "Uncomplicated cesarean section at 39 weeks. Mother and child discharged well.", stay);
    }

    private static void Listen(ClinicalChart chart, DateTimeOffset when, Encounter visit)
    {
        var fetal = chart.Labs.Blank(Tests.FetalHeartRate, when, visit);
        fetal.Focus = [new ResourceReference { Display = "Fetus" }];
        var rate = chart.Random.Between(128, 152);
        fetal.Value = Coded.Amount(rate, "/min");
        chart.Add(fetal);
        chart.Labs.Remember(fetal, Tests.FetalHeartRate, when, rate);
        chart.Plant("focus-on-fetus", fetal, "The heart rate is that of the fetus, not of the patient.");
    }
}
