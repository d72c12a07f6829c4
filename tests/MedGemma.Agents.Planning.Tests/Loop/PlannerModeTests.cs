using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Formulas;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Loop;

public sealed class PlannerModeTests : IDisposable
{
    private const string Plain = "What is the latest creatinine?";
    private const string Odd = "Kindly elucidate the renal marker situation, nowwise.";
    private readonly ModelTurn _turn = new();
    private readonly ScriptedModel _model = ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]);
    private readonly ScriptedModel _broken = new(_ => throw new IOException());

    public void Dispose() => _broken.Dispose();

    [Fact]
    public async Task What_the_built_in_planner_answers_needs_no_model()
    {
        var answer = await AskAsync(new BuiltinThenModelAnswerer(Answering.Answerer, _turn.Answerer(_model)), Plain);

        Assert.Equal(("builtin", AnswerStatus.Answered), (answer.Planner, answer.Status));
        Assert.Empty(_model.Requests);
        Assert.Contains("claimed Supported", _turn.Steps.Steps);
    }

    [Fact]
    public async Task What_it_does_not_understand_the_model_plans()
    {
        var answer = await AskAsync(new BuiltinThenModelAnswerer(Answering.Answerer, _turn.Answerer(_model)), Odd);

        Assert.Equal(("model", AnswerStatus.Answered), (answer.Planner, answer.Status));
    }

    [Theory]
    [InlineData(true, QueryOutcome.Found, true)]
    [InlineData(false, QueryOutcome.Failed, true)]
    [InlineData(false, QueryOutcome.NotSupplied, false)]
    [InlineData(true, QueryOutcome.NotSupplied, false)]
    public async Task What_is_ambiguous_or_failed_is_put_to_the_model_and_what_was_not_supplied_is_not(bool isAmbiguous, QueryOutcome outcome, bool isPut)
    {
        var query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.LaboratoryResult], Concepts = ["creatinine"] }, new LatestAggregate());
        var result = new QueryResult(query, outcome, [], 0, 0, [new ConceptMatch("creatinine", ["A", "B"], [], "synonym", isAmbiguous)], [], [], [], outcome == QueryOutcome.Failed ? new QueryProblem("unknown-concept", "It is not known.") : null);
        var answer = await AskAsync(new BuiltinThenModelAnswerer(new Open(result), _turn.Answerer(_model)), Plain);

        Assert.Equal(isPut ? ("model", AnswerStatus.Answered) : ("builtin", AnswerStatus.Unsure), (answer.Planner, answer.Status));
        Assert.Equal(isPut && isAmbiguous, answer.Text.EndsWith("It is open.", StringComparison.Ordinal) && answer.Other is not null);
    }

    [Fact]
    public async Task What_a_formula_lacks_is_not_put_to_the_model()
    {
        var query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any] }, new CalculateAggregate(FormulaName.BodyMassIndex));
        var result = new QueryResult(query, QueryOutcome.Failed, [], 0, 0, [], [], [], [], new QueryProblem("input-not-found", "The height is not found."));
        var answer = await AskAsync(new BuiltinThenModelAnswerer(new Open(result), _turn.Answerer(_model)), Plain);

        Assert.Equal("builtin", answer.Planner);
        Assert.Empty(_model.Requests);
    }

    [Fact]
    public async Task A_question_about_another_patient_reaches_no_model()
    {
        var answer = await AskAsync(new BuiltinThenModelAnswerer(Answering.Answerer, _turn.Answerer(_model)), "What is the latest creatinine of patient 10004235?");

        Assert.IsType<UnsureReason.OtherPatient>(answer.Reason);
        Assert.Empty(_model.Requests);
    }

    [Fact]
    public async Task When_the_model_is_down_both_reasons_are_said()
    {
        var answer = await AskAsync(new BuiltinThenModelAnswerer(Answering.Answerer, _turn.Answerer(_broken)), Odd);

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.ModelLost>(answer.Reason);
        Assert.Contains("The model cannot be reached", answer.Text, StringComparison.Ordinal);
        Assert.StartsWith(answer.Other!.Text, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_says_whether_they_agree()
    {
        var answer = await AskAsync(new BothAnswerer(Answering.Answerer, _turn.Answerer(_model)), Plain);

        Assert.Equal(("builtin", "model"), (answer.Planner, answer.Other!.Planner));
        Assert.EndsWith("The model planner gives the same.", answer.Text, StringComparison.Ordinal);
        Assert.Single(_turn.Steps.Steps, step => step == "planned 1");
    }

    [Fact]
    public async Task Both_shows_the_steps_of_its_answer_as_they_happen()
    {
        var shown = new List<int>();
        var model = new ScriptedModel(request =>
        {
            shown.Add(_turn.Steps.Steps.Count);
            return ScriptedModel.Text(request.IsPlanner ? request.Number % 2 == 1 ? Scripts.LatestCreatinine : Scripts.Done : Scripts.CreatinineClaim);
        });
        await AskAsync(new BothAnswerer(Answering.Answerer, _turn.Answerer(model)), Plain);
        Assert.Equal([3, 3, 3], shown);

        _turn.Steps.Steps.Clear();
        shown.Clear();
        await AskAsync(new BothAnswerer(Answering.Answerer, _turn.Answerer(model)), Odd);
        Assert.Equal([0, 2, 2], shown);
    }

    [Fact]
    public async Task Both_takes_the_one_that_answers()
    {
        var answer = await AskAsync(new BothAnswerer(Answering.Answerer, _turn.Answerer(_model)), Odd);

        Assert.Equal("model", answer.Planner);
        Assert.EndsWith("The builtin planner is unsure.", answer.Text, StringComparison.Ordinal);
    }

    private async Task<Answer> AskAsync(IQuestionAnswerer answerer, string question) => await answerer.AnswerAsync(
        await ModelTurn.RecordAsync(), new ChartQuestion(question, ModelTurn.AsOf, AskerRole.Clinician, []), _turn.Steps, TestContext.Current.CancellationToken);

    /// <summary>Leaves every question open for one result.</summary>
    private sealed class Open(QueryResult result) : IQuestionAnswerer
    {
        public Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken) =>
            Task.FromResult(new Answer(AnswerStatus.Unsure, "It is open.", [], null, [], [], [result], record.Receipt, [], "builtin", question.AsOf) { Reason = new UnsureReason.OpenInRecord("It is open.") });
    }
}
