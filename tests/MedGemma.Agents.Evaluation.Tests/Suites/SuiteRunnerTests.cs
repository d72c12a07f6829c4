using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Evaluation.Suites.Running;

namespace MedGemma.Agents.Evaluation.Tests.Suites;

public sealed class SuiteRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string RunPath => Path.Combine(_folder.Path, "run.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Results_stand_in_the_order_of_the_suite_whatever_finishes_first(int concurrency)
    {
        var suite = new ScriptedSuite(60, async (item, _) =>
        {
            for (var i = int.Parse(item.Id) % 7; i > 0; i--)
                await Task.Yield();

            return await ScriptedSuite.Right(item);
        });

        var run = await RunAsync(suite, concurrency);

        Assert.Equal(suite.Items.Select(item => item.Id), run.Results.Select(result => result.Said));
        Assert.Equal(run.Results, (await RunFile.ReadAsync(RunPath, TestContext.Current.CancellationToken)).Results, Same);
        Assert.Equal([RunPath], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task An_interrupted_run_goes_on_where_it_stopped()
    {
        using var kill = new CancellationTokenSource();
        var first = new ScriptedSuite(30, async (item, token) =>
        {
            if (item.Id == "17")
                await kill.CancelAsync();

            token.ThrowIfCancellationRequested();
            return await ScriptedSuite.Right(item);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SuiteRunner.RunAsync(first, Runs.Manifest(30), RunPath, 1, kill.Token));
        Assert.False(File.Exists(RunPath));

        var second = new ScriptedSuite(30, (item, _) => ScriptedSuite.Right(item));
        var run = await RunAsync(second, 1);

        Assert.Equal(Enumerable.Range(17, 13).Select(number => $"{number}"), second.Put);
        Assert.Equal(30, run.Results.Count(result => result.Outcome == ItemOutcome.Right));
    }

    [Fact]
    public async Task A_line_that_the_kill_cut_in_two_is_put_again()
    {
        await File.WriteAllBytesAsync(
            RunJournal.PathOf(RunPath),
            [.. RunJson.Line(Runs.Manifest(3)), .. RunJson.Line(Runs.Result("0", ItemOutcome.Right)), .. RunJson.Line(Runs.Result("1", ItemOutcome.Right)).AsSpan(0, 40)],
            TestContext.Current.CancellationToken);
        var suite = new ScriptedSuite(3, (item, _) => ScriptedSuite.Right(item));

        var run = await RunAsync(suite, 1);

        Assert.Equal(["1", "2"], suite.Put);
        Assert.Equal(3, run.Results.Count);
    }

    [Fact]
    public async Task What_failed_is_put_again_and_nothing_else()
    {
        var down = true;
        ScriptedSuite Suite() => new(10, (item, _) => down && item.Id == "4" ? throw new HttpRequestException("secret") : ScriptedSuite.Right(item));
        var broken = await RunAsync(Suite(), 2);
        down = false;
        var again = Suite();

        var run = await RunAsync(again, 2);

        Assert.Equal((ItemOutcome.Failed, "HttpRequestException"), (broken.Results[4].Outcome, broken.Results[4].Problem));
        Assert.Equal(["4"], again.Put);
        Assert.All(run.Results, result => Assert.Equal(ItemOutcome.Right, result.Outcome));
        Assert.Equal([RunPath], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task The_journal_of_another_run_is_not_taken_up()
    {
        await File.WriteAllBytesAsync(RunJournal.PathOf(RunPath), RunJson.Line(Runs.Manifest(3, model: "another")), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<EvaluationRefusedException>(() => RunAsync(new ScriptedSuite(3, (item, _) => ScriptedSuite.Right(item)), 1));

        Assert.Contains("(model)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_cannot_be_at_one_run()
    {
        using var held = RunJournal.Open(RunPath, Runs.Manifest(3));

        await Assert.ThrowsAsync<IOException>(() => RunAsync(new ScriptedSuite(3, (item, _) => ScriptedSuite.Right(item)), 1));
    }

    private static bool Same(ItemResult one, ItemResult other) => RunJson.Line(one).AsSpan().SequenceEqual(RunJson.Line(other));

    private Task<Run> RunAsync(ScriptedSuite suite, int concurrency) =>
        SuiteRunner.RunAsync(suite, Runs.Manifest(suite.Items.Count), RunPath, concurrency, TestContext.Current.CancellationToken);
}
