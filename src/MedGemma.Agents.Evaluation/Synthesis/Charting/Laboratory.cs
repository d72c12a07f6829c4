using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Writes measurements: laboratory results, vital signs, panels.</summary>
internal sealed class Laboratory(ClinicalChart chart)
{
    /// <summary>One measurement, with the range and interpretation that follow from the test.</summary>
    public Observation Measure(
        LabTest test, DateTimeOffset when, decimal value, Encounter? encounter = null,
        ObservationStatus status = ObservationStatus.Final, bool counts = true, string? trap = null, Quantity.QuantityComparator? comparator = null)
    {
        var rounded = decimal.Round(value, test.Decimals, MidpointRounding.AwayFromZero);
        var quantity = Coded.Amount(rounded, test.Unit);
        quantity.Comparator = comparator;
        var observation = Blank(test, when, encounter, status);
        observation.Value = quantity;
        Grade(observation, test, rounded);
        chart.Add(observation);
        Remember(observation, test, when, rounded, counts, trap, comparator);
        return observation;
    }

    /// <summary>A measurement without its value.</summary>
    public Observation Blank(LabTest test, DateTimeOffset when, Encounter? encounter, ObservationStatus status = ObservationStatus.Final) => new()
    {
        Status = status,
        Category = [Coded.Category(test.Category)],
        Code = Coded.Of(test),
        Subject = chart.Subject,
        Encounter = encounter is null ? null : chart.To(encounter),
        Effective = when.Fhir(),
        Issued = test.Category == "laboratory" ? when.AddHours(2) : when,
        Performer = [chart.To(test.Category == "laboratory" ? chart.Staff.Hospital : chart.Staff.Nurse)],
    };

    public void Remember(
        Observation observation, LabTest test, DateTimeOffset when, decimal value, bool counts = true, string? trap = null, Quantity.QuantityComparator? comparator = null) =>
        chart.Know(new Fact(FactKind.Measurement, test.Key, ClinicalChart.Name(observation))
        {
            Name = test.Display,
            Asked = test.Asked,
            When = when,
            WhenText = when.Text(),
            Recorded = observation.Issued ?? when,
            Value = value,
            Unit = test.Unit,
            Low = test.Low,
            High = test.High,
            Counts = counts,
            Trap = trap,
            Comparator = comparator switch { null => null, Quantity.QuantityComparator.LessThan => "<", _ => ">" },
        });

    /// <summary>Blood pressure as one panel with two components.</summary>
    public Observation BloodPressure(DateTimeOffset when, int systolic, int diastolic, Encounter? encounter = null)
    {
        var panel = Blank(Tests.Systolic, when, encounter);
        panel.Code = Coded.Concept(Systems.Loinc, "85354-9", "Blood pressure panel with all children optional");
        panel.Component =
        [
            new() { Code = Coded.Of(Tests.Systolic), Value = Coded.Amount(systolic, "mm[Hg]") },
            new() { Code = Coded.Of(Tests.Diastolic), Value = Coded.Amount(diastolic, "mm[Hg]") },
        ];
        chart.Add(panel);
        Remember(panel, Tests.Systolic, when, systolic);
        Remember(panel, Tests.Diastolic, when, diastolic);
        return panel;
    }

    /// <summary>Weight, pulse, temperature and saturation of a visit.</summary>
    public void Vitals(DateTimeOffset when, Encounter? encounter, decimal weight, int pulse, decimal temperature, int saturation)
    {
        Measure(Tests.Weight, when, weight, encounter);
        Measure(Tests.HeartRate, when, pulse, encounter);
        Measure(Tests.Temperature, when, temperature, encounter);
        Measure(Tests.Saturation, when, saturation, encounter);
    }

    public DiagnosticReport Report(
        string loinc, string display, DateTimeOffset when, IEnumerable<Observation> results, Encounter? encounter = null, string? conclusion = null,
        DiagnosticReport.DiagnosticReportStatus status = DiagnosticReport.DiagnosticReportStatus.Final) => chart.Add(new DiagnosticReport
        {
            Status = status,
            Category = [Coded.Concept("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB", "Laboratory")],
            Code = Coded.Concept(Systems.Loinc, loinc, display),
            Subject = chart.Subject,
            Encounter = encounter is null ? null : chart.To(encounter),
            Effective = when.Fhir(),
            Issued = when.AddHours(3),
            Performer = [chart.To(chart.Staff.Hospital)],
            Result = [.. results.Select(chart.To)],
            Conclusion = conclusion,
        });

    private static void Grade(Observation observation, LabTest test, decimal value)
    {
        if (test.Low is null && test.High is null)
            return;

        observation.ReferenceRange =
        [
            new()
            {
                Low = test.Low is { } low ? Coded.Amount(low, test.Unit) : null,
                High = test.High is { } high ? Coded.Amount(high, test.Unit) : null,
            },
        ];
        observation.Interpretation = value < test.Low ? [Coded.Interpretation("L", "Low")]
            : value > test.High ? [Coded.Interpretation("H", "High")]
            : [Coded.Interpretation("N", "Normal")];
    }
}
