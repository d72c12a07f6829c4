using System.Runtime.CompilerServices;
using System.Text;
using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Tests.Inference;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Models.Identity;

namespace MedGemma.Agents.Host.Tests.Commands;

/// <summary>A run file says by their hashes what it measured, or there is none.</summary>
public sealed class MeasuredModelTests : IDisposable
{
    private static readonly string s_sha256 = new('a', 64);
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-measured-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_names_the_files_of_its_model_and_of_its_agents_by_full_hashes()
    {
        var model = new FiledModel();
        await using var inference = await RunningInference.StartAsync(model, Socket("one"));

        var (exit, _, error) = await RunAsync(["eval", "record-qa", "--patients", "3", "--limit", "4", "--planner", "model", "--out", In("run.jsonl")], Socket("one"));

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        var subject = (await RunFile.ReadAsync(In("run.jsonl"), Stop)).Manifest.Subject;
        Assert.Equal(("model", "planner"), (subject.Planner, subject.Model));
        Assert.Equal(model.Info.Files[0].ToString(), subject.Settings["model planner: files"]);
        Assert.Contains($"sha256 {s_sha256}", subject.Settings["model planner: files"], StringComparison.Ordinal);
        Assert.All(subject.Agents.Values, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
        Assert.Contains("chart-planner", subject.Agents.Keys);
    }

    [Fact]
    public async Task What_the_model_cannot_answer_is_not_stated()
    {
        await using var inference = await RunningInference.StartAsync(new FiledModel(), Socket("one"));

        await RunAsync(["eval", "record-qa", "--patients", "3", "--limit", "4", "--planner", "model", "--out", In("run.jsonl")], Socket("one"));

        Assert.All((await RunFile.ReadAsync(In("run.jsonl"), Stop)).Results, result => Assert.True(result.Outcome is ItemOutcome.Unsure or ItemOutcome.Right, $"{result.Outcome}"));
    }

    [Fact]
    public async Task Nothing_is_put_to_a_model_that_does_not_answer()
    {
        // Nothing listens on the discard port.
        await WriteExamAsync();

        var (exit, _, error) = await RunAsync(Exam, "http://127.0.0.1:9");

        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: no replica of the model planner answers, so that a run could not say what it measured"), (exit, error.TrimEnd()));
        Assert.Equal([In("exam.jsonl")], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Replicas_with_different_files_are_not_measured_as_one_model()
    {
        await WriteExamAsync();
        await using var one = await RunningInference.StartAsync(new FiledModel(), Socket("one"));
        await using var other = await RunningInference.StartAsync(new FiledModel(new string('b', 64)), Socket("two"));

        var (exit, _, error) = await RunAsync(Exam, Socket("one"), Socket("two"));

        Assert.Equal(ExitCode.RefusedOrFailed, exit);
        Assert.Contains("compute with different files", error, StringComparison.Ordinal);
        Assert.False(File.Exists(In("run.jsonl")));
    }

    [Fact]
    public async Task A_model_that_changes_during_a_run_leaves_no_figure()
    {
        await WriteExamAsync();
        await using var inference = await RunningInference.StartAsync(new FiledModel { BecomesAtFirstAnswer = new string('c', 64) }, Socket("one"));

        var (exit, output, error) = await RunAsync(Exam, Socket("one"));

        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: model planner: files changed during the run, which is therefore a run of neither: put it again into another file"), (exit, error.TrimEnd()));
        Assert.DoesNotContain("accuracy", output, StringComparison.Ordinal);
    }

    private string[] Exam => ["eval", "mmlu-medical", "--questions", In("exam.jsonl"), "--model", "planner", "--out", In("run.jsonl")];

    private Task WriteExamAsync() => File.WriteAllTextAsync(In("exam.jsonl"), """{"question":"Q","subject":"anatomy","choices":["a","b","c","d"],"answer":0}""", Stop);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string[] arguments, params string[] replicas)
    {
        var configured = replicas.Index().ToDictionary(replica => $"MedGemma:Models:planner:Replicas:{replica.Index}", replica => (string?)replica.Item);
        configured["MedGemma:Models:planner:Pool:CheckInterval"] = "00:00:00.050";
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await MedGemmaCommandLine.RunAsync(arguments, settings => CommandServices.Build(settings.Concat(configured).ToDictionary()), output, error);
        return (exit, output.ToString(), error.ToString());
    }

    private string In(string name) => Path.Combine(_folder, name);

    private string Socket(string name) => $"unix:{In(name)}.sock";

    /// <summary>Says which file it has loaded, and of everything that the answer is A.</summary>
    private sealed class FiledModel(string? sha256 = null) : ITextGenerator
    {
        private volatile string _sha256 = sha256 ?? s_sha256;

        public string? BecomesAtFirstAnswer { get; init; }

        public GeneratorInfo Info => new("planner", 100_000) { Files = [new ModelFileHash(ModelFileKind.Weights, "medgemma.gguf", 1234, new string('0', 64), _sha256)] };

        public async IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            _sha256 = BecomesAtFirstAnswer ?? _sha256;
            yield return new GenerationEvent.Started(10, 0);
            yield return new GenerationEvent.Token(7, Encoding.UTF8.GetBytes("Final Answer: (A)"));
            yield return new GenerationEvent.Finished(GenerationEnd.EndOfTurn);
        }
    }
}
