using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;

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
}
