using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Breast cancer: imaging, lumpectomy, four cycles of chemotherapy with blood counts, tamoxifen.</summary>
internal sealed class Cancer(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var found = chart.Life.Before(days, 10);
        chart.Problems.Diagnose(Problems.BreastCancer, found);
        Image(chart, chart.Life.Before(days + 10, 9), "MG", "Mammography", "Spiculated mass of 14 mm in the right breast.");
        chart.Problems.Perform("392021009", "Lumpectomy of breast", chart.Life.Before(days - 30, 9), site: "Right breast", asked: ["lumpectomy", "lumpectomy of breast"]);
        for (var cycle = 0; cycle < 4; cycle++)
            Cycle(chart, chart.Life.Before(days - 65 - (21 * cycle), 9), cycle);

        chart.Orders.Course(Drugs.Tamoxifen, chart.Life.Before(days - 160, 10), null, "20 mg by mouth once daily", "Breast cancer");
        Image(chart, chart.Life.Before(days - 200, 9), "CT", "CT of chest", "No metastases. Stable 4 mm nodule in the left upper lobe.");
    }

    private static void Cycle(ClinicalChart chart, DateTimeOffset when, int cycle)
    {
        var visit = chart.Visits.Clinic(when, $"Chemotherapy, cycle {cycle + 1}");
        var counts = new[]
        {
            chart.Labs.Measure(Tests.Leukocytes, when.AddMinutes(10), 5.9m - (0.7m * cycle) + chart.Random.Noise(0.3m), visit),
            chart.Labs.Measure(Tests.Hemoglobin, when.AddMinutes(10), 12.4m - (0.5m * cycle) + chart.Random.Noise(0.2m), visit),
            chart.Labs.Measure(Tests.Platelets, when.AddMinutes(10), 240m - (22m * cycle) + chart.Random.Noise(10m), visit),
        };
        chart.Labs.Report("58410-2", "CBC panel - Blood by Automated count", when.AddMinutes(10), counts, visit);
        chart.Orders.Give(Drugs.Ondansetron, when.AddMinutes(60), visit);
        chart.Orders.Give(Drugs.Doxorubicin, when.AddMinutes(90), visit);
        chart.Orders.Give(Drugs.Cyclophosphamide, when.AddMinutes(150), visit);
        chart.Problems.Perform("367336001", "Chemotherapy", when.AddMinutes(90), visit, asked: ["chemotherapy"]);
    }

    private static void Image(ClinicalChart chart, DateTimeOffset when, string modality, string name, string finding)
    {
        var study = chart.Add(new ImagingStudy
        {
            Status = ImagingStudy.ImagingStudyStatus.Available,
            Subject = chart.Subject,
            Started = when.Text(),
            Modality = [new Coding("http://dicom.nema.org/resources/ontology/DCM", modality)],
            NumberOfSeries = 1,
            NumberOfInstances = 4,
            Description = name,
            Series =
            [
                new()
                {
                    Uid = $"2.25.{chart.Random.NextUInt32()}{chart.Random.NextUInt32()}",
                    Modality = new Coding("http://dicom.nema.org/resources/ontology/DCM", modality),
                    NumberOfInstances = 4,
                },
            ],
        });
        chart.Know(new Fact(FactKind.Imaging, modality, ClinicalChart.Name(study)) { Name = name, Asked = [name == "Mammography" ? "mammography" : name], When = when, WhenText = when.Text() });
        var media = chart.Add(new Media
        {
            Status = EventStatus.Completed,
            Subject = chart.Subject,
            Created = when.Fhir(),
            Modality = Coded.Named(modality),
            Content = new Attachment { ContentType = "application/dicom", Title = name, Url = $"https://pacs.example.org/studies/{study.Id}" },
        });
        var report = chart.Labs.Report("18748-4", "Diagnostic imaging study", when, [], conclusion: finding);
        report.Category = [Coded.Concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology")];
        report.ImagingStudy = [chart.To(study)];
        report.Media = [new() { Link = chart.To(media) }];
    }
}
