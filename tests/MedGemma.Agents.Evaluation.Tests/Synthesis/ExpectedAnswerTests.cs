using System.Globalization;
using Hl7.Fhir.Model;

namespace MedGemma.Agents.Evaluation.Tests.Synthesis;

public sealed class ExpectedAnswerTests
{
    [Fact]
    public void There_are_many_templates_in_many_wordings_from_both_sides()
    {
        var questions = SyntheticPatients.Eight.SelectMany(patient => patient.Questions).ToList();
        Assert.True(questions.Select(question => question.Template).Distinct().Count() >= 60);
        Assert.True(questions.Select(question => question.Question).Distinct().Count() > questions.Count / 2);
        Assert.InRange(questions.Count(question => question.Perspective == "patient"), questions.Count / 5, questions.Count * 4 / 5);
        Assert.Equal(["answered", "none_recorded", "unsure"], questions.Select(question => question.Status).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ids_are_unique_and_evidence_lies_in_the_chart()
    {
        var ids = SyntheticPatients.Eight.SelectMany(patient => patient.Questions).Select(question => question.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var patient in SyntheticPatients.All)
        {
            var known = patient.Resources.Select(SyntheticPatients.Name).ToHashSet();
            Assert.All(patient.Questions.SelectMany(question => question.Evidence), reference => Assert.Contains(reference, known));
        }
    }

    [Fact]
    public void An_answer_is_there_exactly_when_the_status_says_so()
    {
        foreach (var question in SyntheticPatients.All.SelectMany(patient => patient.Questions))
            Assert.True((question.Status == "answered") == (question.Answer.Count > 0), question.Id);
    }

    [Fact]
    public void A_value_stands_in_the_resource_given_as_its_evidence()
    {
        string[] templates = ["measurement-latest", "measurement-first", "measurement-second", "measurement-highest", "measurement-lowest"];
        var compared = 0;
        foreach (var patient in SyntheticPatients.All)
        {
            var observations = patient.Resources.OfType<Observation>().ToDictionary(SyntheticPatients.Name);
            foreach (var question in patient.Questions.Where(question => templates.Contains(question.Template) && question.Answer.Count == 1))
            {
                var observation = observations[question.Evidence[0]];
                Assert.Contains((decimal)question.Answer[0], Numbers(observation));
                Assert.NotEqual(ObservationStatus.EnteredInError, observation.Status);
                compared++;
            }
        }

        Assert.True(compared > 300);
    }

    [Fact]
    public void Nothing_of_the_time_after_a_question_is_its_evidence()
    {
        foreach (var patient in SyntheticPatients.All)
        {
            var resources = patient.Resources.ToDictionary(SyntheticPatients.Name);
            foreach (var question in patient.Questions)
            {
                var now = DateTimeOffset.Parse(question.Now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                foreach (var observation in question.Evidence.Select(reference => resources[reference]).OfType<Observation>())
                    Assert.True(SyntheticPatients.Moment(observation.Effective as FhirDateTime) <= now, question.Id);
            }
        }
    }

    [Fact]
    public void The_latest_value_has_no_later_rival_in_the_chart()
    {
        foreach (var patient in SyntheticPatients.All)
        {
            var observations = patient.Resources.OfType<Observation>().ToList();
            foreach (var question in patient.Questions.Where(question => question is { Template: "measurement-latest", Answer.Count: 1, Trap: not "after-as-of" }))
            {
                var chosen = observations.Single(observation => SyntheticPatients.Name(observation) == question.Evidence[0]);
                Assert.DoesNotContain(observations, other =>
                    other.Code.Coding[0].Code == chosen.Code.Coding[0].Code && other.Status is ObservationStatus.Final or ObservationStatus.Amended && other.Value is not null
                    && other.Focus.Count == chosen.Focus.Count
                    && SyntheticPatients.Moment(other.Effective as FhirDateTime) > SyntheticPatients.Moment(chosen.Effective as FhirDateTime));
            }
        }
    }

    private static IEnumerable<decimal> Numbers(Observation observation) =>
        observation.Component.Select(component => component.Value).Append(observation.Value).OfType<Quantity>().Select(quantity => quantity.Value!.Value);
}
