using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Writes medication orders, dispenses and administrations, with the drug coded inline, contained or in a Medication of its own.</summary>
internal sealed class Prescribing(ClinicalChart chart)
{
    /// <summary>An outpatient order, renewed yearly; each order is a resource of its own. Without an end it is in force at the end of the simulation.</summary>
    public void Course(Drug drug, DateTimeOffset start, DateTimeOffset? stop, string sig, string? reason = null, DrugForm form = DrugForm.Inline)
    {
        MedicationRequest? prior = null;
        var end = chart.Life.End;
        for (var from = start; from < (stop ?? end); from = from.AddDays(365))
        {
            var until = from.AddDays(365);
            var last = until >= (stop ?? end);
            var bound = last && stop is not null ? stop.Value : until;
            var status = !last ? MedicationRequest.MedicationrequestStatus.Completed
                : stop is null ? MedicationRequest.MedicationrequestStatus.Active : MedicationRequest.MedicationrequestStatus.Stopped;
            var order = Order(drug, from, bound, status, sig, form, prior: prior, current: last && stop is null);
            if (reason is not null)
                order.ReasonCode = [Coded.Named(reason)];

            if (status == MedicationRequest.MedicationrequestStatus.Stopped)
                order.StatusReason = Coded.Named("Changed by prescriber");

            for (var fill = from.AddHours(3); fill < bound && fill < end; fill = fill.AddDays(180))
                Dispense(drug, order, fill);

            prior = order;
        }
    }

    public MedicationRequest Order(
        Drug drug, DateTimeOffset from, DateTimeOffset? until, MedicationRequest.MedicationrequestStatus status, string sig, DrugForm form = DrugForm.Inline,
        Encounter? encounter = null, MedicationRequest? prior = null, bool current = false, bool counts = true, string? trap = null)
    {
        var order = new MedicationRequest
        {
            Status = status,
            Intent = MedicationRequest.MedicationRequestIntent.Order,
            Subject = chart.Subject,
            Encounter = encounter is null ? null : chart.To(encounter),
            AuthoredOn = from.Text(),
            Requester = chart.To(encounter is null ? chart.Staff.Physician : chart.Staff.Hospitalist),
            Category = [Coded.Concept("http://terminology.hl7.org/CodeSystem/medicationrequest-category", encounter is null ? "community" : "inpatient", encounter is null ? "Community" : "Inpatient")],
            PriorPrescription = prior is null ? null : chart.To(prior),
            DosageInstruction = [Instruct(drug, from, until, sig)],
            DispenseRequest = encounter is null && until is not null ? new() { ValidityPeriod = from.Until(until), NumberOfRepeatsAllowed = 3 } : null,
            Medication = Form(drug, form, out var contained),
        };
        if (contained is not null)
            order.Contained = [contained];

        chart.Add(order);
        chart.Know(new Fact(FactKind.Order, drug.Key, ClinicalChart.Name(order))
        {
            Name = drug.Display, Asked = drug.Asked, When = from, WhenText = from.Text(), End = until, EndText = until?.Text(),
            Value = drug.Dose, Unit = drug.DoseUnit, Current = current, Counts = counts, Trap = trap, Text = sig,
        });
        return order;
    }

    public MedicationDispense Dispense(Drug drug, MedicationRequest order, DateTimeOffset when)
    {
        var dispense = chart.Add(new MedicationDispense
        {
            Status = MedicationDispense.MedicationDispenseStatusCodes.Completed,
            Medication = Coded.Of(drug),
            Subject = chart.Subject,
            AuthorizingPrescription = [chart.To(order)],
            WhenHandedOver = when.Text(),
            DaysSupply = Coded.Amount(180, "d"),
        });
        chart.Know(new Fact(FactKind.Dispense, drug.Key, ClinicalChart.Name(dispense)) { Name = drug.Display, Asked = drug.Asked, When = when, WhenText = when.Text() });
        return dispense;
    }

    /// <summary>A dose at the bedside; <paramref name="withheld"/> is the method that says that it was not given although the status says completed.</summary>
    public MedicationAdministration Give(
        Drug drug, DateTimeOffset when, Encounter encounter, MedicationRequest? order = null, string? withheld = null,
        MedicationAdministration.MedicationAdministrationStatusCodes status = MedicationAdministration.MedicationAdministrationStatusCodes.Completed)
    {
        var given = chart.Add(new MedicationAdministration
        {
            Status = status,
            Medication = Coded.Of(drug),
            Subject = chart.Subject,
            Context = chart.To(encounter),
            Effective = when.Fhir(),
            Request = order is null ? null : chart.To(order),
            Performer = [new() { Actor = chart.To(chart.Staff.Nurse) }],
            Dosage = new()
            {
                Dose = withheld is null ? Coded.Amount(drug.Dose, drug.DoseUnit) : null,
                Method = withheld is null ? null : Coded.Named(withheld),
                Text = withheld ?? "as ordered",
                Route = Coded.Concept(Systems.Snomed, drug.RouteCode, drug.Route),
            },
        });
        var counts = withheld is null && status == MedicationAdministration.MedicationAdministrationStatusCodes.Completed;
        chart.Know(new Fact(FactKind.Administration, drug.Key, ClinicalChart.Name(given))
        {
            Name = drug.Display, Asked = drug.Asked, When = when, WhenText = when.Text(), Value = drug.Dose, Unit = drug.DoseUnit, Counts = counts,
            Trap = counts ? null : withheld is null ? "not-done" : "not-given-method",
        });
        return given;
    }

    private static Dosage Instruct(Drug drug, DateTimeOffset from, DateTimeOffset? until, string sig) => new()
    {
        Text = sig,
        Route = Coded.Concept(Systems.Snomed, drug.RouteCode, drug.Route),
        DoseAndRate = [new() { Dose = Coded.Amount(drug.Dose, drug.DoseUnit) }],
        Timing = new Timing { Repeat = new() { Bounds = from.Until(until), Frequency = 1, Period = 1, PeriodUnit = Timing.UnitsOfTime.D } },
    };

    private DataType Form(Drug drug, DrugForm form, out Medication? contained)
    {
        contained = form == DrugForm.Contained ? new Medication { Id = "drug", Code = Coded.Of(drug) } : null;
        return form switch
        {
            DrugForm.Inline => Coded.Of(drug),
            DrugForm.Contained => new ResourceReference("#drug"),
            _ => chart.To(chart.Add(new Medication { Code = Coded.Of(drug) })),
        };
    }
}
