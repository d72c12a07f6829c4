using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>Depression: PHQ-9 questionnaires whose score falls under sertraline.</summary>
internal sealed class Depression(int years) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var days = years * 365;
        var start = chart.Life.Before(days, 13);
        chart.Problems.Diagnose(Problems.Depression, start);
        chart.Orders.Course(Drugs.Sertraline, start.AddMinutes(30), null, "50 mg by mouth every morning", "Depression");
        var score = 19;
        for (var day = days; day > 20; day -= 120)
        {
            Ask(chart, chart.Life.Before(day, 13, 5), score);
            score = Math.Max(3, score - chart.Random.Between(2, 4));
        }
    }

    private static void Ask(ClinicalChart chart, DateTimeOffset when, int score)
    {
        var response = chart.Add(new QuestionnaireResponse
        {
            Status = QuestionnaireResponse.QuestionnaireResponseStatus.Completed,
            Questionnaire = "http://loinc.org/q/44249-1",
            Subject = chart.Subject,
            Authored = when.Text(),
            Item = [new() { LinkId = "44261-6", Text = "Patient Health Questionnaire 9 item (PHQ-9) total score", Answer = [new() { Value = new Hl7.Fhir.Model.Integer(score) }] }],
        });
        var total = chart.Labs.Measure(Tests.Phq9, when, score);
        total.DerivedFrom = [chart.To(response)];
    }
}
