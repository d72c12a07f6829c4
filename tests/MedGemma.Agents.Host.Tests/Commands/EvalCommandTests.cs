using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class EvalCommandTests : IDisposable
{
    private const string Chart =
        """
        {"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1950-02-03"}},
        {"resource":{"resourceType":"Patient","id":"p2","gender":"male","birthDate":"1960-04-05"}}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-eval-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "out.jsonl", "--questions: the file holds no question, so nothing was measured")]
    [InlineData(null, "out.jsonl", "--questions: QUESTIONS does not exist")]
    [InlineData("{}", "no/such/out.jsonl", "--out: the folder of OUT does not exist")]
    [InlineData("{}", ".", "--out: OUT is a folder, not a file")]
    public async Task Files_that_cannot_be_used_are_named(string? questions, string output, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("medgemma-eval-").FullName;
        try
        {
            var file = Path.Combine(folder, "questions.jsonl");
            if (questions is not null)
                await File.WriteAllTextAsync(file, questions, TestContext.Current.CancellationToken);
            var target = Path.Combine(folder, output);
            var data = Path.Combine(folder, "data.ndjson");
            await File.WriteAllTextAsync(data, """{"resourceType":"Patient","id":"a"}""", TestContext.Current.CancellationToken);
            var error = new StringWriter();

            var code = await MedGemmaCommandLine.RunAsync(["eval", "qa", "--data", data, "--questions", file, "--out", target], new StringWriter(), error);

            Assert.Equal(ExitCode.RefusedOrFailed, code);
            Assert.Equal("medgemma: " + expected.Replace("QUESTIONS", file, StringComparison.Ordinal).Replace("OUT", target, StringComparison.Ordinal), error.ToString().TrimEnd());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_question_file_is_answered_scored_and_its_evidence_confirmed()
    {
        await WriteAsync("chart.json", Chart);
        await WriteAsync("questions.jsonl",
            """
            {"id":"a","patient":"p1","now":"2020-01-01T00:00:00","perspective":"patient","template":"gender","question":"What is my gender?","answer":["female"]}
            {"id":"b","patient":"p2","now":"2020-01-01T00:00:00","perspective":"patient","template":"gender","question":"What is my gender?","answer":["male"]}
            """);

        var (exit, output, error) = await RunAsync(
            "eval", "qa", "--data", In("chart.json"), "--questions", In("questions.jsonl"), "--complete", "all", "--out", In("out.jsonl"),
            "--report", In("report.html"), "--audit", "--planner", "builtin", "--concurrency", "2");

        Assert.Equal(string.Empty, error);
        Assert.Equal(ExitCode.Done, exit);
        Assert.Matches(@"strict accuracy\s+100\.0 %", output);
        Assert.Matches(@"evidence: [1-9]\d* checked, 0 mismatched", output);
        var predictions = await File.ReadAllLinesAsync(In("out.jsonl"), TestContext.Current.CancellationToken);
        Assert.StartsWith("""{"id":"a","status":"answered","values":["female"],""", predictions[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"id":"b","status":"answered","values":["male"],""", predictions[1], StringComparison.Ordinal);
        Assert.True(File.Exists(In("report.html")));
    }

    [Fact]
    public async Task Lines_left_out_end_with_exit_code_1_and_one_line()
    {
        await WriteAsync("chart.json", Chart);
        await WriteAsync("questions.jsonl", "{\n");

        var (exit, output, error) = await RunAsync(
            "eval", "qa", "--data", In("chart.json"), "--questions", In("questions.jsonl"), "--out", In("out.jsonl"));

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        Assert.Contains("questions.jsonl:1: not JSON", output, StringComparison.Ordinal);
        Assert.Single(Lines(error));
    }

    [Fact]
    public async Task A_missing_question_file_is_refused_with_one_line()
    {
        await WriteAsync("chart.json", Chart);

        var (exit, _, error) = await RunAsync("eval", "qa", "--data", In("chart.json"), "--questions", In("none.jsonl"), "--out", In("out.jsonl"));

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        Assert.Single(Lines(error));
        Assert.False(File.Exists(In("out.jsonl")));
    }

    [Theory]
    [InlineData("--concurrency", "0")]
    [InlineData("--concurrency", "many")]
    [InlineData("--planner", "oracle")]
    [InlineData("--conventions", "mine")]
    [InlineData("--complete", "Observations")]
    public async Task Wrong_usage_ends_with_exit_code_2_and_one_line(string option, string value)
    {
        await WriteAsync("chart.json", Chart);
        await WriteAsync("questions.jsonl", string.Empty);

        var (exit, _, error) = await RunAsync(
            "eval", "qa", "--data", In("chart.json"), "--questions", In("questions.jsonl"), "--out", In("out.jsonl"), option, value);

        Assert.Equal(ExitCode.WrongUsage, exit);
        Assert.Single(Lines(error));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await MedGemmaCommandLine.RunAsync(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private string In(string name) => Path.Combine(_folder, name);

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(In(name), content, TestContext.Current.CancellationToken);
}
