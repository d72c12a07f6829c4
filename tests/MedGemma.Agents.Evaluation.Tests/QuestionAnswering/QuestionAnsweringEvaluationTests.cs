using MedGemma.Agents.Evaluation.QuestionAnswering;
using MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering;

public sealed class QuestionAnsweringEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_writes_predictions_and_report_and_prints_the_figures()
    {
        await WriteQuestionsAsync(
            """
            {"id":"1","patient":"p","question":"yes","answer":[true],"template":"has-any-procedure"}
            broken
            {"id":"2","patient":"nobody","question":"yes","answer":[true],"template":"has-any-procedure"}
            """);
        var output = new StringWriter();

        var outcome = await Evaluation(new ScriptedAnswerer((_, _) => Task.FromResult(Answers.Of("Yes.", true))))
            .RunAsync(Options(), output, TestContext.Current.CancellationToken);

        Assert.Equal(new EvaluationOutcome(2, 1, 1, 0), outcome);
        Assert.False(outcome.IsClean);
        Assert.Equal(2, File.ReadLines(In("predictions.jsonl")).Count());
        Assert.Contains("Question answering evaluation", await File.ReadAllTextAsync(In("report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var text = output.ToString();
        Assert.Matches(@"has-any-procedure\s+2\s+1\s+50\.0 %", text);
        Assert.Matches(@"strict accuracy\s+50\.0 %", text);
        Assert.Matches(@"floor, always true\s+100\.0 %", text);
        Assert.Contains("questions.jsonl:2: not JSON", text, StringComparison.Ordinal);
        Assert.Contains("1 questions not put: The data does not hold this patient.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audited_value_without_proof_is_counted()
    {
        await WriteQuestionsAsync("""{"id":"1","patient":"p","question":"yes","answer":[true]}""");
        var output = new StringWriter();

        var outcome = await Evaluation(new ScriptedAnswerer((_, _) => Task.FromResult(Answers.Of("Yes.", true))))
            .RunAsync(Options() with { Audit = true }, output, TestContext.Current.CancellationToken);

        Assert.Equal(1, outcome.AuditMismatches);
        Assert.Contains("evidence: 1 checked, 1 mismatched", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_half_file()
    {
        await WriteQuestionsAsync(string.Join('\n', Enumerable.Range(0, 20).Select(i => $$"""{"id":"{{i}}","patient":"p","question":"{{i}}"}""")));
        await File.WriteAllTextAsync(In("predictions.jsonl"), "earlier", TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource();
        var answerer = new ScriptedAnswerer(async (question, cancellationToken) =>
        {
            if (question.Text == "12")
                await cancel.CancelAsync();

            cancellationToken.ThrowIfCancellationRequested();
            return Answers.Of(question.Text);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Evaluation(answerer).RunAsync(Options(), TextWriter.Null, cancel.Token));

        Assert.Equal("earlier", await File.ReadAllTextAsync(In("predictions.jsonl"), TestContext.Current.CancellationToken));
        Assert.Equal(["predictions.jsonl", "questions.jsonl"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_printed_figures_name_no_patient_and_quote_no_question()
    {
        await WriteQuestionsAsync("""{"id":"1","patient":"patient-4711","question":"Does Erika take warfarin?","answer":[true]}""");
        var output = new StringWriter();

        await Evaluation(new ScriptedAnswerer((_, _) => Task.FromResult(Answers.Of("Erika takes it.", false))))
            .RunAsync(Options(), output, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("4711", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Erika", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_question_file_is_an_input_error_and_writes_nothing()
    {
        var answerer = new ScriptedAnswerer((_, _) => Task.FromResult(Answers.Of("")));

        await Assert.ThrowsAsync<FileNotFoundException>(() => Evaluation(answerer).RunAsync(Options(), TextWriter.Null, TestContext.Current.CancellationToken));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static QuestionAnsweringEvaluation Evaluation(ScriptedAnswerer answerer) =>
        new(new CountingSource(), new HandMadeRecords(), answerer, new DerivationRecomputer(new UnitConverter()), TimeProvider.System);

    private EvaluationOptions Options() => new(In("questions.jsonl"), In("predictions.jsonl"), In("report.html"), 3, Audit: false, null);

    private string In(string name) => Path.Combine(_folder.Path, name);

    private Task WriteQuestionsAsync(string lines) => File.WriteAllTextAsync(In("questions.jsonl"), lines, TestContext.Current.CancellationToken);
}
