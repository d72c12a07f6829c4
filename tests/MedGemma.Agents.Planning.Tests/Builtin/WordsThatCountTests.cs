using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>A word that changes what is asked is reflected in the queries, or nothing is answered.</summary>
public sealed class WordsThatCountTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        $$"""{"resourceType":"Encounter","id":"fall","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},"type":[{"text":"Hospital stay"}],{{HandWrittenRecord.Subject}},"period":{"start":"2013-03-01T08:00:00Z","end":"2013-03-03T08:00:00Z"},"reasonCode":[{"text":"Fall"}]}""",
        $$"""{"resourceType":"Condition","id":"old","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"text":"Hypertension"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2009-03-01"}""",
        $$"""{"resourceType":"Condition","id":"fracture","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"text":"Wrist fracture"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2013-03-02"}""",
        Potassium("k1", "2011-02-01", "4.0", "N"),
        Potassium("k2", "2011-08-01", "5.8", "H"),
        Potassium("k3", "2013-03-02", "3.0", "L"),
    ]);

    [Theory]
    [InlineData("Highest potassium each year", "highest by Year LaboratoryResult 'potassium'")]
    [InlineData("What was the average potassium per year?", "mean by Year LaboratoryResult 'potassium'")]
    [InlineData("How many potassium results are there by year?", "count by Year Observation 'potassium'")]
    public async Task Each_is_answered_for_each(string question, string expected) => Assert.Equal(expected, PlanText.Of(await PlanAsync(question)));

    [Theory]
    [InlineData("When was the last hospital admission and why?", "latest HospitalStay .Start & latest HospitalStay .Reason")]
    [InlineData("When and why was the last hospital admission?", "latest HospitalStay .Start & latest HospitalStay .Reason")]
    [InlineData("Date and reason of the last hospital admission", "latest HospitalStay .Start & latest HospitalStay .Reason")]
    public async Task Elements_joined_by_and_are_all_answered(string question, string expected) =>
        Assert.Equal(expected, PlanText.Of(await PlanAsync(question)));

    [Theory]
    [InlineData("Did she get a flu shot this season?")]
    [InlineData("Has the hypertension decreased?")]
    public async Task A_word_that_means_something_else_is_not_taken_for_a_misspelt_one(string question)
    {
        var plan = await PlanAsync(question);

        Assert.False(plan is Planners.Plan.Planned planned && planned.Queries.Any(query => query.Element is ResultElement.Reason or ResultElement.Deceased), PlanText.Of(plan));
    }

    [Fact]
    public async Task What_is_new_is_what_began()
    {
        var answer = await Answering.AskAsync(s_chart, "Anything new since the last hospital admission?");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains("Wrist fracture", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hypertension", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Anything new?")]
    [InlineData("What has changed?")]
    public async Task New_without_a_time_is_not_guessed(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, question)).Status);

    [Theory]
    [InlineData("Was the potassium ever high?", true)]
    [InlineData("Is her potassium high?", false)]
    [InlineData("Is her potassium low?", true)]
    [InlineData("Was the potassium elevated in 2011?", true)]
    [InlineData("Was the potassium low in 2011?", false)]
    public async Task High_and_low_are_told_by_the_record(string question, bool expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal([expected], answer.Values.Select(value => value.GetBoolean()));
    }

    [Theory]
    [InlineData("What is her latest potassium? And was the potassium ever above 5?", "exists LaboratoryResult 'potassium' Above 5")]
    [InlineData("What is her latest potassium? And how many potassium results were above 5?", "count Observation 'potassium' Above 5")]
    public async Task A_second_question_keeps_its_bound(string question, string second) =>
        Assert.Equal($"latest LaboratoryResult 'potassium' & {second}", PlanText.Of(await PlanAsync(question)));

    [Fact]
    public async Task A_small_computed_number_is_not_written_as_nothing() =>
        Assert.DoesNotContain("0.0000 ", (await Answering.AskAsync(s_chart, "Latest potassium in mol/L?")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_death_after_the_question_is_not_told()
    {
        var chart = HandWrittenRecord.Build([$$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","deceasedDateTime":"2026-03-01"}"""]);

        Assert.DoesNotContain("deceased", (await Answering.AskAsync(chart, "What is the patient's gender?")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_over_time_are_the_values()
    {
        var answer = await Answering.AskAsync(s_chart, "Potassium over time");

        Assert.Equal(["4.0", "5.8", "3.0"], answer.Values.Select(value => value.ToString()));
    }

    [Fact]
    public async Task An_average_is_written_as_people_write_it()
    {
        var answer = await Answering.AskAsync(s_chart, "Average potassium by year");

        Assert.Contains("2011: 4.9 mmol/L", answer.Text, StringComparison.Ordinal);
        Assert.Contains("4.27 mmol/L", (await Answering.AskAsync(s_chart, "Average potassium")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Which diagnoses after the transplant?")]
    [InlineData("Potassium within the shift")]
    [InlineData("Most prescribed drug?")]
    [InlineData("What is her potassium, high or low?")]
    [InlineData("Potassium within 99999 years of the wrist fracture?")]
    [InlineData("Highest potassium within 48 hours of the last admission?")]
    [InlineData("Hypertension above 37.5?")]
    public async Task What_no_query_reflects_is_not_passed_over(string question) =>
        Assert.Equal("not understood", PlanText.Of(await PlanAsync(question)));

    private static Task<Planners.Plan> PlanAsync(string question) => Answering.Planner.PlanAsync(
        s_chart, new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Clinician, []), new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc), TestContext.Current.CancellationToken);

    private static string Potassium(string id, string day, string value, string code) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{day}}}","valueQuantity":{"value":{{{value}}},"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},"interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"{{{code}}}"}]}]}""";
}
