using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Records.Queries;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Loop;

public sealed class ModelQuestionAnswererTests
{
    private readonly ModelTurn _turn = new();

    [Fact]
    public async Task A_question_is_planned_asked_written_verified_and_answered()
    {
        var model = ScriptedModel.Saying([Scripts.MeanCreatinine, Scripts.Done], [Scripts.MeanClaim]);

        var answer = await _turn.AskAsync(model, "What was the average creatinine in 2025?");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Null(answer.Reason);
        Assert.Equal("model", answer.Planner);
        Assert.Equal(1.885m, Assert.Single(answer.Values).GetDecimal());
        Assert.Equal("mg/dL", answer.Unit);
        Assert.StartsWith("The average Creatinine", answer.Text, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(answer.Claims).Derivation!.Inputs.Count);
        Assert.Equal(["planned 1", "queried Found", "claimed Supported"], _turn.Steps.Steps);
        Assert.Equal(0, model.Open);
    }

    [Fact]
    public async Task What_a_model_reads_begins_with_what_changes_least()
    {
        var model = ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]);
        await _turn.AskAsync(model, "What is the latest creatinine?");
        await _turn.AskAsync(model, "And what is it now?");

        var first = model.Requests[0].Messages;
        var again = model.Requests[3].Messages;
        Assert.Equal(first[0].Text, again[0].Text);
        Assert.StartsWith("RECORD\n", first[1].Text, StringComparison.Ordinal);
        var shared = first[1].Text.Zip(again[1].Text).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(shared > first[1].Text.IndexOf("QUESTION", StringComparison.Ordinal), "The record and the day stand before the question.");
    }

    [Fact]
    public async Task The_adapter_of_an_agent_is_asked_for_and_kept_with_the_turn()
    {
        var turn = new ModelTurn { Catalog = ModelTurn.With("answer-writer", yaml => yaml.Replace("model: planner", "model: planner\nadapter: discharge", StringComparison.Ordinal)) };
        var dialect = new HintedDialect();

        var answer = await turn.Answerer(ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]), dialect)
            .AnswerAsync(await ModelTurn.RecordAsync(), new ChartQuestion("What is the latest creatinine?", ModelTurn.AsOf, AskerRole.Clinician, []), null, TestContext.Current.CancellationToken);

        Assert.Equal([null, null, "discharge"], dialect.Hints.Select(hints => hints.Adapter));
        Assert.Equal([("chart-planner", null), ("answer-writer", "discharge")], answer.Model!.Agents.Select(agent => (agent.Name, agent.Adapter)));
    }

    [Fact]
    public async Task A_turn_that_is_run_again_tells_each_call_how_the_same_call_settled_its_near_ties()
    {
        var dialect = new HintedDialect { Reported = [new NearTie(5, 77, 0.001f)] };
        var question = new ChartQuestion("What is the latest creatinine?", ModelTurn.AsOf, AskerRole.Clinician, []);
        var first = await AskAsync(question);
        Assert.All(dialect.Hints, hints => Assert.Empty(hints.NearTies));
        Assert.All(first.Model!.Calls, call => Assert.Equal(dialect.Reported, call.NearTies));

        // The second call of then read something else: how it settled its ties says nothing of this one's.
        ModelCall[] calls = [.. first.Model.Calls.Select((call, number) => call with { Prompt = number == 1 ? "other" : call.Prompt, NearTies = [new NearTie(number, 77, 0)] })];
        await AskAsync(question with { Again = first.Model with { Calls = calls } });

        Assert.Equal([[new NearTie(0, 77, 0)], [], [new NearTie(2, 77, 0)]], dialect.Hints.Skip(3).Select(hints => hints.NearTies));

        async Task<Answer> AskAsync(ChartQuestion asked) => await new ModelTurn()
            .Answerer(ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]), dialect)
            .AnswerAsync(await ModelTurn.RecordAsync(), asked, null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task None_recorded_needs_a_search_that_was_complete()
    {
        var model = ScriptedModel.Saying([Scripts.Warfarin, Scripts.Done], [Scripts.Claim("No prescriptions of warfarin are recorded.", "r1")]);

        var answer = await _turn.AskAsync(model, "Is warfarin prescribed?");

        Assert.Equal(AnswerStatus.NoneRecorded, answer.Status);
        Assert.Empty(answer.Values);
        Assert.Equal(QueryOutcome.SearchedAndEmpty, Assert.Single(answer.Queries).Outcome);
    }

    [Fact]
    public async Task A_refused_sentence_may_be_corrected_once()
    {
        var model = ScriptedModel.Saying(
            [Scripts.LatestCreatinine, Scripts.Done],
            [Scripts.Claim("The latest creatinine is 1.09 mg/dL.", "r1.1"), Scripts.CreatinineClaim]);

        var answer = await _turn.AskAsync(model, "What is the latest creatinine?");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Empty(answer.Dropped);
        Assert.Contains("1.09", model.Requests[^1].Last, StringComparison.Ordinal);
        Assert.Equal("claimed Supported", _turn.Steps.Steps[^1]);
    }

    [Fact]
    public async Task What_stays_refused_is_reported_and_not_shown()
    {
        var invented = Scripts.Claim("The latest creatinine is 9.99 mg/dL.", "r1.1");
        var model = ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [invented]);

        var answer = await _turn.AskAsync(model, "What is the latest creatinine?");

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.Withheld>(answer.Reason);
        Assert.Contains("9.99", Assert.Single(answer.Dropped).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("9.99", answer.Text, StringComparison.Ordinal);
        Assert.Empty(answer.Values);
    }

    [Fact]
    public async Task A_question_about_another_patient_is_refused_before_a_model_reads_it()
    {
        var model = ScriptedModel.Saying([Scripts.Done], [Scripts.CreatinineClaim]);

        var answer = await _turn.AskAsync(model, "What is the latest creatinine of patient 10004235?");

        Assert.IsType<UnsureReason.OtherPatient>(answer.Reason);
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task A_found_stay_gives_the_window_of_the_next_query()
    {
        var model = ScriptedModel.Saying(
            [
                """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["encounter"]},"aggregate":{"kind":"latest"}}}]}""",
                """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["observation"],"window":{"relation":"during","of":"r1.1"}},"aggregate":{"kind":"count"}}}]}""",
                Scripts.Done,
            ],
            [Scripts.CreatinineClaim]);

        var answer = await _turn.AskAsync(model, "What was measured during the last encounter?");

        var window = answer.Queries[1].Query.Selection.Window!;
        Assert.Equal(answer.Queries[0].Values[0].Time![..10], window.Text![^10..]);
        Assert.StartsWith("during the encounter of ", window.Text, StringComparison.Ordinal);
        Assert.NotNull(window.From);
    }

    [Fact]
    public async Task The_turn_keeps_what_is_needed_to_run_it_again()
    {
        var model = ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]);

        var work = (await _turn.AskAsync(model, "What is the latest creatinine?")).Model!;

        Assert.Equal(["chart-planner", "answer-writer"], work.Agents.Select(agent => agent.Name));
        Assert.All(work.Agents, agent => Assert.Equal(64, agent.Hash.Length));
        Assert.Equal("scripted", work.Agents[0].ModelId);
        Assert.Equal(3, work.Calls.Count);
        Assert.Equal(Scripts.LatestCreatinine, work.Calls[0].Output);
        Assert.Equal(work, work with { });
        Assert.Equal(JsonSerializer.Serialize(work), JsonSerializer.Serialize(ModelWorkJson.Read(ModelWorkJson.Write(work))));
    }

    [Fact]
    public async Task The_same_question_to_the_same_model_gives_the_same_work()
    {
        var first = await _turn.AskAsync(ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]), "What is the latest creatinine?");
        var second = await _turn.AskAsync(ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]), "What is the latest creatinine?");

        Assert.Equal(JsonSerializer.Serialize(first.Model), JsonSerializer.Serialize(second.Model));
        Assert.Equal(AnswerJson.ToText(first), AnswerJson.ToText(second));
    }

    [Fact]
    public async Task Temperature_seed_schema_and_lengths_are_the_agents()
    {
        var model = ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [Scripts.CreatinineClaim]);

        await new ModelTurn { Thinks = true }.AskAsync(model, "What is the latest creatinine?");

        var (planning, writing) = (model.Requests[0].Options, model.Requests[^1].Options);
        Assert.Equal(0, planning.Temperature);
        Assert.Equal(0, planning.Seed);
        Assert.Equal(1536, planning.MaxOutputTokens);
        Assert.NotNull(planning.Reasoning);
        Assert.Null(writing.Reasoning);
        Assert.Null(planning.Tools);
    }

    [Fact]
    public async Task A_comparison_asks_the_same_of_both_periods()
    {
        var model = ScriptedModel.Saying(
            [
                """
                {"next":"ask","calls":[{"tool":"compare_periods","arguments":{"query":{"selection":{"kinds":["laboratory-result"],"concepts":["creatinine"]},"aggregate":{"kind":"statistic","statistic":"mean"}},
                "first":{"year":2024},"second":{"year":2025}}}]}
                """,
                Scripts.Done,
            ],
            [Scripts.Claim("The average Creatinine [Mass/volume] in Serum or Plasma was 1.885 mg/dL in 2025.", "r2")]);

        var answer = await _turn.AskAsync(model, "How did the average creatinine change from 2024 to 2025?");

        Assert.Equal(["in 2024", "in 2025"], answer.Queries.Select(query => query.Query.Selection.Window!.Text));
        Assert.Equal(AnswerStatus.Answered, answer.Status);
    }

    private sealed class HintedDialect : IModelDialect
    {
        public List<ModelHints> Hints { get; } = [];

        public IReadOnlyList<NearTie>? Reported { get; init; }

        public void Say(ChatOptions options, ModelHints hints) => Hints.Add(hints);

        public IReadOnlyList<NearTie>? NearTies(ChatResponseUpdate update) => update.FinishReason is null ? null : Reported;

        public UnsureReason Explain(Exception failure) => new UnsureReason.ModelLost();
    }
}
