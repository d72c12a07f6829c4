using MedGemma.Agents.Evaluation.Suites.Running;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Composition;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class SuiteCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-suites-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_record_suite_runs_again_to_the_same_answers_and_compares_with_itself()
    {
        string[] suite = ["eval", "record-qa", "--patients", "8", "--limit", "150", "--audit"];

        var first = await RunAsync([.. suite, "--out", In("a.jsonl")]);
        var second = await RunAsync([.. suite, "--out", In("b.jsonl"), "--concurrency", "1"]);
        var compared = await RunAsync("eval", "compare", In("a.jsonl"), In("b.jsonl"));

        Assert.Equal((ExitCode.Done, ExitCode.Done, ExitCode.Done), (first.Exit, second.Exit, compared.Exit));
        Assert.Matches(@"mean of categories\s+\d", first.Output);
        Assert.Matches(@"floor, always empty\s+\d", first.Output);
        Assert.Contains("nothing that was run differs", compared.Output, StringComparison.Ordinal);
        Assert.Contains("right in A only 0, in B only 0", compared.Output, StringComparison.Ordinal);
        Assert.Equal(["a.jsonl", "a.jsonl.html", "b.jsonl", "b.jsonl.html"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Runs_of_other_questions_are_not_compared()
    {
        await RunAsync("eval", "record-qa", "--patients", "3", "--limit", "12", "--out", In("a.jsonl"));
        await RunAsync("eval", "record-qa", "--patients", "3", "--limit", "12", "--seed", "9", "--out", In("b.jsonl"));

        var (exit, _, error) = await RunAsync("eval", "compare", In("a.jsonl"), In("b.jsonl"));

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        Assert.Equal("medgemma: the two runs do not fit: they differ in questions, data, seed", error.TrimEnd());
    }

    [Fact]
    public async Task The_planner_is_judged_against_its_own_run_and_under_every_fault_of_records()
    {
        await RunAsync("eval", "agent-tasks", "--patients", "4", "--out", In("baseline.jsonl"));

        var (exit, output, _) = await RunAsync("accept", "--suite", "agent-tasks", "--patients", "4", "--baseline", In("baseline.jsonl"), "--out", In("candidate.jsonl"));

        foreach (var check in new[] { "every item was put", "the score is not worse", "not more is stated wrongly", "the floors are beaten", "nothing is stated wrongly because of the fault notes-with-instructions" })
            Assert.Contains($"passed  {check}", output, StringComparison.Ordinal);

        Assert.Contains("because of the fault missing-pages", output, StringComparison.Ordinal);
        Assert.DoesNotContain("model-down", output, StringComparison.Ordinal);
        Assert.Equal(output.Contains("FAILED", StringComparison.Ordinal) ? ExitCode.RefusedOrFailed : ExitCode.Done, exit);
    }

    [Fact]
    public async Task A_worse_candidate_ends_with_exit_code_1()
    {
        await RunAsync("eval", "agent-tasks", "--patients", "4", "--out", In("run.jsonl"));
        var better = (await File.ReadAllTextAsync(In("run.jsonl"), TestContext.Current.CancellationToken)).Split('\n');

        // A candidate that leaves every third task open, as if an interrupted run had answered so.
        var worse = better[..1].Concat(better[1..^1].Select((line, number) => number % 3 == 0 ? line.Replace("\"outcome\":\"right\"", "\"outcome\":\"unsure\"", StringComparison.Ordinal) : line));
        await File.WriteAllTextAsync(In("candidate.jsonl.journal"), string.Join('\n', worse) + "\n", TestContext.Current.CancellationToken);

        var (exit, output, error) = await RunAsync("accept", "--suite", "agent-tasks", "--patients", "4", "--baseline", In("run.jsonl"), "--out", In("candidate.jsonl"));

        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: not accepted"), (exit, error.TrimEnd()));
        Assert.Contains("FAILED  the score is not worse by more than the margin", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_questions_is_accepted_against_the_run_that_eval_qa_wrote()
    {
        await File.WriteAllTextAsync(In("chart.ndjson"), """{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1950-02-03"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            In("questions.jsonl"), """{"id":"a","patient":"p1","now":"2020-01-01T00:00:00","question":"What is the patient's gender?","answer":["female"]}""", TestContext.Current.CancellationToken);
        string[] data = ["--data", In("chart.ndjson"), "--complete", "all", "--questions", In("questions.jsonl")];

        var evaluated = await RunAsync(["eval", "qa", .. data, "--out", In("predictions.jsonl"), "--run", In("baseline.jsonl")]);
        var compared = await RunAsync("eval", "compare", In("baseline.jsonl"), In("baseline.jsonl"));
        var (exit, output, error) = await RunAsync(["accept", "--suite", "qa", .. data, "--baseline", In("baseline.jsonl"), "--out", In("candidate.jsonl")]);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (evaluated.Exit, compared.Exit));
        Assert.Contains("passed  every item was put: 0 of 1 failed", output, StringComparison.Ordinal);

        // One patient alone proves nothing, so the floors are not beaten.
        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: not accepted"), (exit, error.TrimEnd()));
    }

    [Theory]
    [InlineData("accept", "--suite", "record-qa", "--baseline", "none.jsonl", "--out", "x.jsonl")]
    [InlineData("eval", "compare", "none.jsonl", "none.jsonl")]
    [InlineData("eval", "medqa", "--questions", "none.jsonl", "--model", "text", "--out", "x.jsonl")]
    public async Task What_does_not_exist_is_refused_in_one_line(params string[] arguments)
    {
        var (exit, _, error) = await RunAsync([.. arguments.Select(argument => argument.EndsWith(".jsonl", StringComparison.Ordinal) ? In(argument) : argument)]);

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        Assert.Contains("does not exist", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tokens_of_a_configured_model_are_counted_whoever_calls_it()
    {
        await using var services = CommandServices.Build(new Dictionary<string, string?> { ["MedGemma:Models:text:Replicas:0"] = "http://127.0.0.1:9" });

        Assert.IsType<TokenMeter>(services.GetRequiredKeyedService<IChatClient>("text"));
    }

    [Fact]
    public async Task A_model_that_is_not_configured_is_refused_by_its_key()
    {
        await File.WriteAllTextAsync(In("exam.jsonl"), "{}", TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync("eval", "medqa", "--questions", In("exam.jsonl"), "--model", "absent", "--out", In("run.jsonl"));

        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: --model: no model is configured as MedGemma:Models:absent"), (exit, error.TrimEnd()));
    }

    [Theory]
    [InlineData("--split", "final")]
    [InlineData("--patients", "2")]
    [InlineData("--limit", "0")]
    [InlineData("--concurrency", "0")]
    public async Task Wrong_usage_ends_with_exit_code_2_and_one_line(string option, string value)
    {
        var (exit, _, error) = await RunAsync("eval", "record-qa", "--out", In("a.jsonl"), option, value);

        Assert.Equal(ExitCode.WrongUsage, exit);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await MedGemmaCommandLine.RunAsync(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private string In(string name) => Path.Combine(_folder, name);
}
