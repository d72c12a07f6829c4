using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Courses;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;
using Status = Hl7.Fhir.Model.MedicationRequest.MedicationrequestStatus;

namespace MedGemma.Agents.Evaluation.Synthesis.Traps;

/// <summary>Medication orders whose status alone misleads.</summary>
internal sealed class OrderTraps : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var life = chart.Life;
        Plain(chart, Drugs.Morphine, Status.Draft, 40, false, "draft", "A draft is no order.");
        Plain(chart, Drugs.Ibuprofen, Status.EnteredInError, 60, false, "entered-in-error", "Never ordered.");
        Plain(chart, Drugs.Amoxicillin, Status.Cancelled, 200, false, "cancelled", "Cancelled before it began.");
        var forbidden = Plain(chart, Drugs.Aspirin, Status.Active, 50, false, "do-not-perform", "An order not to give aspirin.");
        forbidden.DoNotPerform = true;

        var stale = chart.Orders.Order(Drugs.Gabapentin, life.Before(365 * 9, 10), null, Status.Active, "300 mg by mouth at bedtime", trap: "stale-active-order");
        chart.Plant("stale-active-order", stale, "Active for nine years without renewal or dispense: its age is said with it.");
        var stopped = chart.Orders.Order(Drugs.Spironolactone, life.Before(1000, 10), null, Status.Stopped, "25 mg by mouth once daily", trap: "stopped-without-date");
        chart.Plant("stopped-without-date", stopped, "Stopped at an unknown time: undetermined in the past, not current.");

        var stay = chart.Visits.Admit(life.Before(260, 9), life.Before(257, 12), "Observation after a fall");
        var inpatient = chart.Orders.Order(Drugs.Ondansetron, life.Before(260, 10), null, Status.Active, "8 mg intravenously as needed", encounter: stay, trap: "inpatient-order-without-end");
        chart.Plant("inpatient-order-without-end", inpatient, "Ends with the stay that it was written in.");

        var declined = chart.Add(new MedicationStatement
        {
            Status = MedicationStatement.MedicationStatusCodes.NotTaken,
            Medication = Coded.Of(Drugs.Prednisone),
            Subject = chart.Subject,
            Effective = life.Before(80, 9).Fhir(),
            DateAsserted = life.Before(80, 9).Text(),
        });
        chart.Plant("not-taken", declined, "The patient says that the drug is not taken.");
        var issue = chart.Add(new DetectedIssue
        {
            Status = ObservationStatus.Final,
            Severity = DetectedIssue.DetectedIssueSeverity.High,
            Code = Coded.Concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "DRG", "Drug Interaction Alert"),
            Patient = chart.Subject,
            Implicated = [chart.To(stale)],
            Identified = life.Before(50, 10).Fhir(),
            Detail = "Sedative effect with opioids.",
        });
        chart.Add(new List
        {
            Status = List.ListStatus.Current,
            Mode = ListMode.Snapshot,
            Title = "Medication list of an earlier visit",
            Subject = chart.Subject,
            Date = life.Before(700, 10).Text(),
            Entry = [new() { Item = chart.To(stale) }, new() { Item = chart.To(issue) }],
        });
    }

    private static MedicationRequest Plain(ClinicalChart chart, Drug drug, Status status, int daysAgo, bool counts, string trap, string meaning)
    {
        var from = chart.Life.Before(daysAgo, 10);
        var order = chart.Orders.Order(drug, from, from.AddDays(90), status, "as directed", counts: counts, trap: trap);
        chart.Plant(trap, order, meaning);
        return order;
    }
}
