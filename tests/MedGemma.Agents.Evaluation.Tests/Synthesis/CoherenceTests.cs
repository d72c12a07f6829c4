using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.Tests.Synthesis;

public sealed class CoherenceTests
{
    [Fact]
    public void Nothing_happens_before_birth_or_after_death()
    {
        Assert.Contains(SyntheticPatients.All, patient => Person(patient).Deceased is FhirDateTime);
        foreach (var patient in SyntheticPatients.All)
        {
            var birth = DateTimeOffset.Parse(Person(patient).BirthDate!);
            var end = Person(patient).Deceased is FhirDateTime death ? SyntheticPatients.Moment(death) : new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
            foreach (var moment in patient.Resources.SelectMany(Begun))
            {
                Assert.InRange(moment, birth, end);
            }
        }
    }

    [Fact]
    public void HbA1c_falls_after_treatment_begins()
    {
        var diabetics = SyntheticPatients.All.Where(patient => Series(patient, "4548-4").Count > 8).ToList();
        Assert.NotEmpty(diabetics);
        foreach (var patient in diabetics)
        {
            var series = Series(patient, "4548-4");
            Assert.True(series[0].Value - series.Skip(2).Take(3).Average(point => point.Value) > 0.8m, patient.Id);
        }
    }

    [Fact]
    public void Ldl_falls_with_a_statin_and_creatinine_rises_with_kidney_disease()
    {
        Assert.Contains(SyntheticPatients.All, patient => Series(patient, "13457-7").Count > 3);
        foreach (var series in SyntheticPatients.All.Select(patient => Series(patient, "13457-7")).Where(series => series.Count > 3))
            Assert.True(series[^1].Value < series[0].Value - 40m);
        foreach (var patient in SyntheticPatients.All.Where(patient => Series(patient, "98979-8").Count > 4))
            Assert.True(Series(patient, "98979-8")[^1].Value < Series(patient, "98979-8")[0].Value);
    }

    [Fact]
    public void No_INR_is_measured_after_warfarin_was_replaced()
    {
        var anticoagulated = SyntheticPatients.All.Where(patient => Series(patient, "6301-6").Count > 0).ToList();
        Assert.NotEmpty(anticoagulated);
        foreach (var patient in anticoagulated)
        {
            var apixaban = Orders(patient).Where(order => order.Medication is CodeableConcept concept && concept.Coding[0].Code == "1364445").Min(order => DateTimeOffset.Parse(order.AuthoredOn!));
            Assert.All(Series(patient, "6301-6"), point => Assert.True(point.When < apixaban));
        }
    }

    [Fact]
    public void A_stay_contains_its_intensive_care()
    {
        var units = 0;
        foreach (var patient in SyntheticPatients.All)
        {
            var encounters = patient.Resources.OfType<Encounter>().ToList();
            foreach (var unit in encounters.Where(encounter => encounter.PartOf is not null))
            {
                var stay = encounters.Single(encounter => unit.PartOf!.Reference!.EndsWith(encounter.Id!, StringComparison.Ordinal));
                Assert.True(DateTimeOffset.Parse(stay.Period!.Start!) <= DateTimeOffset.Parse(unit.Period!.Start!));
                Assert.True(stay.Period.End is null || DateTimeOffset.Parse(unit.Period.End!) <= DateTimeOffset.Parse(stay.Period.End));
                units++;
            }
        }

        Assert.True(units > 2);
    }

    [Fact]
    public void A_dispense_follows_its_order_and_lies_in_its_validity()
    {
        var checkedOnes = 0;
        foreach (var patient in SyntheticPatients.All)
        {
            var orders = Orders(patient).ToDictionary(order => order.Id!);
            foreach (var dispense in patient.Resources.OfType<MedicationDispense>())
            {
                var order = orders[dispense.AuthorizingPrescription[0].Reference!.Split('/', ':')[^1]];
                var handed = DateTimeOffset.Parse(dispense.WhenHandedOver!);
                Assert.InRange(handed, DateTimeOffset.Parse(order.AuthoredOn!), DateTimeOffset.Parse(order.DispenseRequest!.ValidityPeriod!.End!));
                checkedOnes++;
            }
        }

        Assert.True(checkedOnes > 100);
    }

    [Fact]
    public void A_susceptibility_belongs_to_a_culture_that_grew_something()
    {
        var cultures = SyntheticPatients.All.SelectMany(patient => patient.Resources).OfType<Observation>().Where(observation => observation.Code.Coding.Any(coding => coding.Code == "600-7")).ToList();
        Assert.NotEmpty(cultures);
        Assert.All(cultures, culture => Assert.True(culture.Value is CodeableConcept && culture.HasMember.Count == 4));
    }

    private static Patient Person(SyntheticPatient patient) => (Patient)patient.Resources.First();

    private static IEnumerable<MedicationRequest> Orders(SyntheticPatient patient) => patient.Resources.OfType<MedicationRequest>();

    private static IEnumerable<DateTimeOffset> Begun(Resource resource)
    {
        var text = resource switch
        {
            Observation observation => (observation.Effective as FhirDateTime)?.Value,
            Encounter encounter => encounter.Period?.Start,
            MedicationRequest order => order.AuthoredOn,
            MedicationDispense dispense => dispense.WhenHandedOver,
            MedicationAdministration given => (given.Effective as FhirDateTime)?.Value,
            Condition condition => (condition.Onset as FhirDateTime)?.Value,
            Procedure { Performed: FhirDateTime { Value.Length: > 7 } performed } => performed.Value,
            Immunization shot => (shot.Occurrence as FhirDateTime)?.Value,
            DocumentReference note => note.Date?.ToString("o"),
            DiagnosticReport report => (report.Effective as FhirDateTime)?.Value,
            _ => null,
        };
        return text is null ? [] : [DateTimeOffset.Parse(text)];
    }

    private static List<(DateTimeOffset When, decimal Value)> Series(SyntheticPatient patient, string loinc) =>
        [.. patient.Resources.OfType<Observation>()
            .Where(observation => observation.Status == ObservationStatus.Final && observation.Code.Coding.Any(coding => coding.Code == loinc))
            .Select(observation => (SyntheticPatients.Moment(observation.Effective as FhirDateTime), ((Quantity)observation.Value!).Value!.Value))
            .OrderBy(point => point.Item1)];
}
