using MedGemma.Agents.Host.Commands;

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
