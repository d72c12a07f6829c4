using MedGemma.Agents.Evaluation.Exams;
using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;
using MedGemma.Agents.Evaluation.Suites.Reporting;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Evaluation.Suites.Running;
using MedGemma.Agents.Evaluation.Tests.Suites;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Tests.Exams;

public sealed class ExamSuiteTests : IDisposable
{
    private static readonly string[] s_rows = [.. Enumerable.Range(0, 8).Select(i => $$"""{"question":"Question {{i}}","subject":"{{(i < 4 ? "anatomy" : "medical_genetics")}}","choices":["w","x","y","z"],"answer":{{i % 4}}}""")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_scored_beside_its_floors_and_its_tokens_are_counted()
    {
        var model = new ScriptedChatClient(messages => messages[^1].Text switch
        {
            var text when text.Contains("Question 0", StringComparison.Ordinal) => "Final Answer: (A)",
            var text when text.Contains("Question 1", StringComparison.Ordinal) => "Who knows?\nNot I.",
            _ => "Final Answer: (C)",
        });

        var summary = RunSummary.Of(await RunAsync(model, InjectedFault.None));

        Assert.Equal(3 / 8.0, summary.Score.Estimate, 12);
        Assert.Equal(4 / 8.0, summary.WrongThoughSure.Estimate, 12);
        Assert.Equal(1 / 8.0, summary.Unanswered.Estimate, 12);
        Assert.Equal(["always A", "always B", "always C", "always D"], summary.Floors.Select(floor => floor.Name));
        Assert.All(summary.Floors, floor => Assert.Equal(0.25, floor.Score.Estimate, 12));
        Assert.Equal(new TokenCount(80, 24, 8), summary.Tokens);
        Assert.Equal(["anatomy", "medical_genetics"], summary.Categories.Select(category => category.Name));
    }

    [Fact]
    public async Task The_model_is_asked_greedily_and_thinks_only_where_it_is_told_to()
    {
        var model = new ScriptedChatClient(_ => "Final Answer: (A)");
        await RunAsync(model, InjectedFault.None, new ExamOptions(true, 77));

        Assert.All(model.Calls, call =>
        {
            Assert.Equal((0f, 77), (call.Options?.Temperature, call.Options?.MaxOutputTokens));
            Assert.Equal([ChatRole.System, ChatRole.User], call.Messages.Select(message => message.Role));
            Assert.StartsWith("SYSTEM INSTRUCTION: think silently if needed.", call.Messages[0].Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task With_the_model_down_nothing_is_stated()
    {
        var run = await RunAsync(new ScriptedChatClient(_ => "Final Answer: (A)"), InjectedFault.ModelDown);

        Assert.All(run.Results, result => Assert.Equal((ItemOutcome.Failed, "HttpRequestException"), (result.Outcome, result.Problem)));
        Assert.Equal("model-down", run.Manifest.Conditions.Fault);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "run.jsonl.journal")));
    }

    [Fact]
    public async Task Published_figures_stand_beside_and_are_called_published()
    {
        var output = new StringWriter();

        SuiteTextReport.Write(output, RunSummary.Of(await RunAsync(new ScriptedChatClient(_ => "Final Answer: (A)"), InjectedFault.None)));

        Assert.Contains("published: Gemma 3 4B 67.2 %, MedGemma 4B 70.0 %", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("not measured here", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_a_streamed_call_are_counted_too()
    {
        var suite = new ScriptedSuite(3, async (item, token) =>
        {
            await foreach (var _ in new TokenMeter(new ScriptedChatClient(_ => "x")).GetStreamingResponseAsync([], null, token))
            {
            }

            return await ScriptedSuite.Right(item);
        });

        var run = await SuiteRunner.RunAsync(suite, Runs.Manifest(3), Path.Combine(_folder.Path, "s.jsonl"), 3, TestContext.Current.CancellationToken);

        Assert.All(run.Results, result => Assert.Equal(new TokenCount(10, 3, 1), result.Tokens));
    }

    [Fact]
    public void A_metered_model_is_not_metered_twice()
    {
        var once = TokenMeter.On(new ScriptedChatClient(_ => "x"));

        Assert.IsType<TokenMeter>(once);
        Assert.Same(once, TokenMeter.On(once));
    }

    private async Task<Run> RunAsync(ScriptedChatClient model, InjectedFault fault, ExamOptions? options = null)
    {
        var file = Path.Combine(_folder.Path, "exam.jsonl");
        await File.WriteAllLinesAsync(file, s_rows, TestContext.Current.CancellationToken);
        var subject = new RunSubject("model", "scripted", new Dictionary<string, string>(), new Dictionary<string, string>());
        var prepared = await ExamSuites.OfFileAsync(
            "mmlu-medical", file, model, options ?? new ExamOptions(false, 500), new SuiteRequest(subject, new Dictionary<string, string>(), null, false, fault), TimeProvider.System,
            TestContext.Current.CancellationToken);
        return await SuiteRunner.RunAsync(prepared.Suite, prepared.Manifest, Path.Combine(_folder.Path, "run.jsonl"), 2, TestContext.Current.CancellationToken);
    }
}
