using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Formulas;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>The chart has a creatinine of 1.1 mg/dL of June 2025, a weight, type 2 diabetes, and no recorded eGFR; the woman is 75.</summary>
public sealed class FormulaQuestionTests
{
    [Theory]
    [InlineData("What is her eGFR?", FormulaName.EstimatedGlomerularFiltrationRate)]
    [InlineData("Calculate the CHA2DS2-VASc score.", FormulaName.StrokeRisk)]
    [InlineData("what's the patient's MELD 3.0 score now?", FormulaName.Meld3)]
    [InlineData("MELD-Na?", FormulaName.MeldSodium)]
    [InlineData("Please work out the albumin-corrected anion gap", FormulaName.AlbuminCorrectedAnionGap)]
    [InlineData("Compute the BMI", FormulaName.BodyMassIndex)]
    public async Task A_plain_question_for_a_formula_is_a_calculation(string question, FormulaName formula)
    {
        var planned = Assert.IsType<Plan.Planned>(await PlanAsync(question));

        Assert.Equal(new CalculateAggregate(formula), Assert.Single(planned.Queries).Aggregate);
    }

    [Theory]
    [InlineData("What was her highest eGFR in 2024?")]
    [InlineData("Has the anion gap improved since May?")]
    [InlineData("Who recorded the BMI?")]
    [InlineData("What is his age?")]
    public async Task A_question_for_anything_else_is_none(string question)
    {
        var plan = await PlanAsync(question);

        Assert.DoesNotContain(plan is Plan.Planned planned ? planned.Queries : [], query => query.Aggregate is CalculateAggregate);
    }

    [Fact]
    public async Task A_calculated_value_is_a_verified_claim_with_its_inputs_said()
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.Record, "What is her eGFR?");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal("eGFR (CKD-EPI 2021) is 52 mL/min/{1.73_m2}.", Assert.Single(answer.Claims).Text);
        Assert.Equal("calculate", answer.Claims[0].Derivation?.Operation);
        Assert.Contains("creatinine 1.1 mg/dL (2025-06-03T06:00:00Z, 226 days before)", answer.Text, StringComparison.Ordinal);
        Assert.Contains("10.1056/NEJMoa2102953", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_score_counts_what_is_recorded_and_is_a_bound_where_something_is_not_found()
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.Record, "Calculate CHA2DS2-VASc");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal("CHA2DS2-VASc is at least 5.", Assert.Single(answer.Claims).Text);
        Assert.Equal(">=5", Assert.Single(answer.Values).GetString());
        Assert.Contains("Not found, which is not a documented \"no\": heart failure, ", answer.Text, StringComparison.Ordinal);
        Assert.All(
            new[] { "CHA2DS2-VASc is 5.", "CHA2DS2-VASc is at least 4.", "CHA2DS2-VASc is at most 5." },
            text => Assert.NotEmpty(Answering.Verifier.FindUnsupported(answer.Claims[0] with { Text = text }, answer.Queries, HandWrittenRecord.Record)));
        Assert.Contains("no atrial fibrillation is recorded", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_leaves_the_answer_unsure_and_is_named()
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.Record, "Calculate MELD 3.0");

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.Empty(answer.Values);
        Assert.Contains("total bilirubin is not found", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formula_of_another_patient_is_refused() =>
        Assert.IsType<Plan.Refused>(await PlanAsync("What is the eGFR of Mr Hallstrom?"));

    [Theory]
    [InlineData("eGFR (CKD-EPI 2021) is 92 mL/min/{1.73_m2}.")]
    [InlineData("eGFR (CKD-EPI 2021) is 52 mL/min.")]
    [InlineData("MELD is 52 mL/min/{1.73_m2}.")]
    [InlineData("eGFR (CKD-EPI 2021) is below 52 mL/min/{1.73_m2}.")]
    public async Task A_calculated_value_that_is_said_wrongly_is_refused(string text)
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.Record, "What is her eGFR?");

        Assert.NotEmpty(Answering.Verifier.FindUnsupported(answer.Claims[0] with { Text = text }, answer.Queries, HandWrittenRecord.Record));
    }

    private static Task<Plan> PlanAsync(string question) => Answering.Planner.PlanAsync(
        HandWrittenRecord.Record,
        new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Clinician, []),
        new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc),
        TestContext.Current.CancellationToken);
}
