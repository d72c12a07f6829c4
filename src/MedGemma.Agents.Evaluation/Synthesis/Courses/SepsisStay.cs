using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>A hospital stay for urosepsis with intensive care, cultures, lines, doses and hourly urine. Zero days ago: the stay is still going on.</summary>
internal sealed class SepsisStay(int daysAgo) : ICourse
{
    private const int Hours = 76;

    public void Write(ClinicalChart chart)
    {
        var last = daysAgo == 0 ? chart.Life.End.AddMinutes(-20) : chart.Life.Before(daysAgo, 13);
        var admitted = last.AddHours(-Hours);
        var stay = chart.Visits.Admit(admitted, daysAgo == 0 ? null : last, "Urosepsis", "Home with home health services");
        var unit = chart.Visits.IntensiveCare(stay, admitted.AddHours(3), admitted.AddHours(48));
        chart.Problems.Diagnose(Problems.Sepsis, admitted.AddHours(1), daysAgo == 0 ? null : last, stay, "encounter-diagnosis");
        Blood(chart, admitted, stay);
        var resistant = new Microbiology(chart).Grow(admitted.AddHours(1), stay);
        chart.Plant("preliminary", resistant, "A preliminary report counts and is labelled preliminary.");
        Lines(chart, admitted.AddHours(4), unit, daysAgo == 0 ? null : admitted.AddHours(47));
        Doses(chart, admitted, stay, last);
        for (var hour = 4; hour < Hours; hour += 4)
        {
            chart.Labs.Measure(Tests.UrineOutput, admitted.AddHours(hour), 90m + (10m * chart.Random.Next(12)), hour < 48 ? unit : stay);
            chart.Labs.Measure(Tests.HeartRate, admitted.AddHours(hour).AddMinutes(5), 112m - (hour / 3m) + chart.Random.Noise(4m), hour < 48 ? unit : stay);
        }

        chart.Notes.Progress(admitted.AddHours(20), "Day 1. Urosepsis with E. coli in the blood. Ceftriaxone continued. Off norepinephrine since this morning.", stay);
        if (daysAgo > 0)
            chart.Notes.Discharge(last, "Urosepsis due to E. coli, treated with ceftriaxone. Intensive care for two days. Discharged home.", stay);
    }

    private static void Blood(ClinicalChart chart, DateTimeOffset admitted, Encounter stay)
    {
        for (var draw = 0; draw < 5; draw++)
        {
            var when = admitted.AddHours(1 + (draw * 14));
            chart.Labs.Measure(Tests.Lactate, when, 4.6m - (0.8m * draw) + chart.Random.Noise(0.2m), stay);
            chart.Labs.Measure(Tests.Leukocytes, when, 19.5m - (2.4m * draw) + chart.Random.Noise(0.6m), stay);
            chart.Labs.Measure(Tests.Creatinine, when, 2.3m - (0.2m * draw) + chart.Random.Noise(0.05m), stay);
        }
    }

    private static void Lines(ClinicalChart chart, DateTimeOffset when, Encounter unit, DateTimeOffset? removed)
    {
        Line(chart, "52124006", "Central venous catheter", "central line", when, removed);
        Line(chart, "23973005", "Indwelling urinary catheter", "urinary catheter", when.AddMinutes(20), removed);
        chart.Problems.Perform("233527006", "Central venous cannula insertion", when, unit, "Right internal jugular vein", asked: ["central venous cannula insertion", "central line insertion"]);
    }

    private static void Line(ClinicalChart chart, string snomed, string display, string asked, DateTimeOffset when, DateTimeOffset? removed)
    {
        var device = chart.Add(new Device
        {
            Status = removed is null ? Device.FHIRDeviceStatus.Active : Device.FHIRDeviceStatus.Inactive,
            Type = Coded.Concept(Systems.Snomed, snomed, display),
            Patient = chart.Subject,
        });
        var use = chart.Add(new DeviceUseStatement
        {
            Status = removed is null ? DeviceUseStatement.DeviceUseStatementStatus.Active : DeviceUseStatement.DeviceUseStatementStatus.Completed,
            Subject = chart.Subject,
            Timing = when.Until(removed),
            Device = chart.To(device),
            RecordedOn = when.Text(),
        });
        chart.Know(new Fact(FactKind.Device, snomed, ClinicalChart.Name(use))
        {
            Name = display, Asked = [asked], When = when, WhenText = when.Text(), End = removed, EndText = removed?.Text(), Current = removed is null,
        });
    }

    private static void Doses(ClinicalChart chart, DateTimeOffset admitted, Encounter stay, DateTimeOffset last)
    {
        var antibiotic = chart.Orders.Order(
            Drugs.Ceftriaxone, admitted.AddHours(2), last, MedicationRequest.MedicationrequestStatus.Completed, "2000 mg intravenously every 24 hours", encounter: stay);
        for (var hour = 2; hour < Hours - 10; hour += 24)
            chart.Orders.Give(Drugs.Ceftriaxone, admitted.AddHours(hour), stay, antibiotic);

        var withheld = chart.Orders.Give(Drugs.Ceftriaxone, admitted.AddHours(Hours - 2), stay, antibiotic, withheld: "Not Given");
        chart.Plant("not-given-method", withheld, "Status completed, but the method says Not Given: not a dose.");
        for (var hour = 6; hour < Hours - 8; hour += 12)
            chart.Orders.Give(Drugs.Heparin, admitted.AddHours(hour), stay);

        var held = chart.Orders.Give(Drugs.Heparin, admitted.AddHours(Hours - 3), stay, withheld: "Hold Dose");
        chart.Plant("not-given-method", held, "Status completed, but the method says Hold Dose: not a dose.");
        var refused = chart.Orders.Give(Drugs.Acetaminophen, admitted.AddHours(30), stay, status: MedicationAdministration.MedicationAdministrationStatusCodes.NotDone);
        chart.Plant("not-done", refused, "The dose was not given.");
    }
}
