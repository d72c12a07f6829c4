using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Courses;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Traps;

/// <summary>Results that must not be taken as they stand: wrong entries, preliminary and amended values, comparators, disagreement, impossible units, missing values.</summary>
internal sealed class ResultTraps(bool preliminary) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        Potassium(chart);
        Troponin(chart);
        Calm(chart);
        Fever(chart);
    }

    private void Potassium(ClinicalChart chart)
    {
        var life = chart.Life;
        var plain = chart.Labs.Measure(Tests.Potassium, life.Before(33, 9), 4.4m);
        plain.Category = [];
        chart.Plant("uncategorised", plain, "Category is 0..*: without one it is a laboratory result all the same.");
        var wrong = chart.Labs.Measure(Tests.Potassium, life.Before(12, 9), 8.9m, status: ObservationStatus.EnteredInError, counts: false, trap: "entered-in-error");
        chart.Plant("entered-in-error", wrong, "The value never was; neither latest nor highest.");
        if (preliminary)
        {
            var early = chart.Labs.Measure(Tests.Potassium, life.Before(9, 9), 4.1m, status: ObservationStatus.Preliminary, trap: "preliminary");
            chart.Plant("preliminary", early, "Counts, with the label preliminary.");
        }

        var cancelled = chart.Labs.Blank(Tests.Potassium, life.Before(6, 9), null, ObservationStatus.Cancelled);
        cancelled.DataAbsentReason = Coded.Concept(Systems.DataAbsentReason, "not-performed", "Not Performed");
        chart.Plant("cancelled", chart.Add(cancelled), "No result: the test was cancelled.");
        var hemolysed = chart.Labs.Blank(Tests.Potassium, life.Before(5, 9), null);
        hemolysed.DataAbsentReason = Coded.Concept(Systems.DataAbsentReason, "error", "Error");
        chart.Plant("data-absent-reason", chart.Add(hemolysed), "A result without value; the latest value is an earlier one.");
    }

    private static void Troponin(ClinicalChart chart)
    {
        var when = chart.Life.Before(420, 9);
        chart.Labs.Measure(Tests.Troponin, when, 0.05m);
        chart.Labs.Measure(Tests.Troponin, when.AddHours(3), 0.03m);
        var below = chart.Labs.Measure(Tests.Troponin, when.AddHours(6), 0.01m, trap: "comparator", comparator: Quantity.QuantityComparator.LessThan);
        chart.Plant("comparator", below, "Less than 0.01 is not 0.01 and enters no average.");
    }

    /// <summary>Two sodium values of the same instant, and an amended haemoglobin with its report.</summary>
    private static void Calm(ClinicalChart chart)
    {
        var when = chart.Life.Before(14, 9, 30);
        var one = chart.Labs.Measure(Tests.Sodium, when, 133m, trap: "disagreeing-values");
        var other = chart.Labs.Measure(Tests.Sodium, when, 141m, trap: "disagreeing-values");
        chart.Plant("disagreeing-values", one, $"Disagrees with {ClinicalChart.Name(other)} of the same instant; both are shown.");
        chart.Plant("disagreeing-values", other, $"Disagrees with {ClinicalChart.Name(one)} of the same instant; both are shown.");

        var amendedAt = chart.Life.Before(21, 9);
        var amended = chart.Labs.Measure(Tests.Hemoglobin, amendedAt, 11.8m, status: ObservationStatus.Amended, trap: "amended");
        chart.Plant("amended", amended, "The amended value is the value.");
        amended.Category = [Coded.Category("exam")];
        chart.Plant("category-exam", amended, "Found at the bedside, and a laboratory result all the same.");
        var report = chart.Labs.Report(
            "58410-2", "CBC panel - Blood by Automated count", amendedAt, [amended], conclusion: "Addendum: hemoglobin corrected from 8.1 to 11.8 g/dL.",
            status: DiagnosticReport.DiagnosticReportStatus.Amended);
        chart.Plant("amended", report, "An addendum corrects the first reading.");
        var superseded = chart.Notes.Progress(amendedAt.AddHours(2), "Hemoglobin 8.1, consider transfusion.");
        superseded.Status = DocumentReferenceStatus.Superseded;
        chart.Plant("superseded", superseded, "A superseded note counts with a label.");
        chart.Plant("note-disagrees", superseded, "The note gives the value before the correction; the record says 11.8 g/dL.");
    }

    private static void Fever(ClinicalChart chart)
    {
        var odd = chart.Labs.Blank(Tests.Temperature, chart.Life.Before(500, 9), null);
        odd.Value = Coded.Amount(36.4m, "[degF]");
        chart.Plant("implausible-unit", chart.Add(odd), "36.4 degF cannot be: Celsius under a wrong unit, flagged and left out of extremes.");
        var late = chart.Labs.Measure(Tests.Crp, chart.Life.Before(3, 9), 12m, trap: "recorded-later");
        chart.Plant("after-as-of", late, "A question asked before this instant must not know it.");
    }
}
