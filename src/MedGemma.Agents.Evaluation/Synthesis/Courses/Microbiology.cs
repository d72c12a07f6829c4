using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>A blood culture: specimen, culture, organism, susceptibilities, and the report that joins them.</summary>
internal sealed class Microbiology(ClinicalChart chart)
{
    private static readonly (string Loinc, string Display, string Drug, string Code, string Meaning)[] Panel =
    [
        ("18864-9", "Ampicillin [Susceptibility]", "ampicillin", "R", "Resistant"),
        ("18906-8", "Ciprofloxacin [Susceptibility]", "ciprofloxacin", "R", "Resistant"),
        ("18895-3", "Ceftriaxone [Susceptibility]", "ceftriaxone", "S", "Susceptible"),
        ("18943-1", "Meropenem [Susceptibility]", "meropenem", "S", "Susceptible"),
    ];

    /// <returns>A preliminary report of the urine culture, which has grown nothing yet.</returns>
    public DiagnosticReport Grow(DateTimeOffset when, Encounter stay)
    {
        var specimen = Draw("119297000", "Blood specimen", when);
        var culture = Culture("600-7", "Bacteria identified in Blood by Culture", when, stay, specimen);
        culture.Value = Coded.Concept(Systems.Snomed, "112283007", "Escherichia coli");
        chart.Add(culture);
        chart.Know(new Fact(FactKind.Culture, "600-7", ClinicalChart.Name(culture))
        {
            Name = "Escherichia coli", Asked = ["blood culture"], When = when, WhenText = when.Text(), Recorded = culture.Issued!.Value,
        });
        foreach (var (loinc, display, drug, code, meaning) in Panel)
        {
            var result = Culture(loinc, display, when, stay, specimen);
            result.Value = Coded.Concept(Systems.Interpretation, code, meaning);
            result.Interpretation = [Coded.Interpretation(code, meaning)];
            result.DerivedFrom = [chart.To(culture)];
            chart.Add(result);
            culture.HasMember.Add(chart.To(result));
            chart.Know(new Fact(FactKind.Susceptibility, drug, ClinicalChart.Name(result))
            {
                Name = display, Asked = [drug], When = when, WhenText = when.Text(), Text = meaning, Recorded = result.Issued!.Value,
            });
        }

        chart.Labs.Report("600-7", "Bacteria identified in Blood by Culture", when, [culture], stay, "Escherichia coli").Specimen = [chart.To(specimen)];
        var urine = Draw("122575003", "Urine specimen", when.AddMinutes(10));
        var report = chart.Labs.Report(
            "630-4", "Bacteria identified in Urine by Culture", when.AddMinutes(10), [], stay, "No growth at 24 hours", DiagnosticReport.DiagnosticReportStatus.Preliminary);
        report.Specimen = [chart.To(urine)];
        return report;
    }

    private Specimen Draw(string snomed, string display, DateTimeOffset when) => chart.Add(new Specimen
    {
        Status = Specimen.SpecimenStatus.Available,
        Type = Coded.Concept(Systems.Snomed, snomed, display),
        Subject = chart.Subject,
        Collection = new() { Collected = when.Fhir() },
    });

    private Observation Culture(string loinc, string display, DateTimeOffset when, Encounter stay, Specimen specimen) => new()
    {
        Status = ObservationStatus.Final,
        Category = [Coded.Category("laboratory")],
        Code = Coded.Concept(Systems.Loinc, loinc, display),
        Subject = chart.Subject,
        Encounter = chart.To(stay),
        Effective = when.Fhir(),
        Issued = when.AddHours(40),
        Specimen = chart.To(specimen),
    };
}
