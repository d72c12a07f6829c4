using CsCheck;
using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Tests.Suites;

public sealed class RunFileTests : IDisposable
{
    private static readonly Gen<ItemResult> Results = Gen.Select(Gen.String, Gen.Enum<ItemOutcome>(), Gen.Int[0, 9], Gen.Bool).Select((text, outcome, number, withModel) => new ItemResult(
        "x", withModel ? null : "p", "c", "t", text, text, text, outcome, withModel ? text : null, ["always A"],
        new EvidenceCount(number, number, number + 1), withModel ? new TokenCount(number, number, 1) : null, number / 8.0));

    private readonly TemporaryFolder _folder = new();

    private string RunPath => Path.Combine(_folder.Path, "run.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_result_is_read_as_it_was_written() =>
        Results.Sample(result =>
        {
            var line = RunJson.Line(result);
            return line.Count(letter => letter == '\n') == 1 && RunJson.Line(RunJson.Read<ItemResult>(line)).AsSpan().SequenceEqual(line);
        });

    [Theory]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("questions\n")]
    [InlineData("{\"id\":\"1\",\"status\":\"answered\"}\n")]
    public async Task What_is_no_run_file_is_refused(string content)
    {
        await File.WriteAllTextAsync(RunPath, content, TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<EvaluationRefusedException>(() => RunFile.ReadAsync(RunPath, TestContext.Current.CancellationToken));

        Assert.StartsWith("run.jsonl", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_file_of_another_format_is_refused_by_its_number()
    {
        await File.WriteAllBytesAsync(RunPath, RunJson.Line(Runs.Manifest(0) with { Format = 99 }), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<EvaluationRefusedException>(() => RunFile.ReadAsync(RunPath, TestContext.Current.CancellationToken));

        Assert.Contains("format 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_file_cut_anywhere_is_refused()
    {
        await RunFile.WriteAsync(RunPath, Runs.Of("rwux"), TestContext.Current.CancellationToken);
        var whole = await File.ReadAllBytesAsync(RunPath, TestContext.Current.CancellationToken);
        Assert.Equal(4, (await RunFile.ReadAsync(RunPath, TestContext.Current.CancellationToken)).Results.Count);

        for (var length = 0; length < whole.Length; length += 37)
        {
            await File.WriteAllBytesAsync(RunPath, whole[..length], TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<EvaluationRefusedException>(() => RunFile.ReadAsync(RunPath, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_line_with_an_unknown_member_is_refused_with_its_number()
    {
        await RunFile.WriteAsync(RunPath, Runs.Of("r"), TestContext.Current.CancellationToken);
        var text = await File.ReadAllTextAsync(RunPath, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(RunPath, text.Replace("\"id\":\"0\"", "\"id\":\"0\",\"extra\":1", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<EvaluationRefusedException>(() => RunFile.ReadAsync(RunPath, TestContext.Current.CancellationToken));

        Assert.StartsWith("run.jsonl:2:", refused.Message, StringComparison.Ordinal);
    }
}
