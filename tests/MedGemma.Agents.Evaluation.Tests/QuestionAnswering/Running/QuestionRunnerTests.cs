using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Planning.Answers;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;

public sealed class QuestionRunnerTests
{
    private readonly CountingSource _source = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public async Task Answers_come_in_question_order_whatever_finishes_first(int concurrency)
    {
        var random = new Random(7);
        var yields = Enumerable.Range(0, 200).Select(_ => random.Next(0, 30)).ToList();
        var answerer = new ScriptedAnswerer(async (question, _) =>
        {
            for (var i = 0; i < yields[int.Parse(question.Text)]; i++)
                await Task.Yield();

            return Answers.Of(question.Text);
        });
        var questions = Enumerable.Range(0, 200).Select(i => Ask($"{i}", $"p{i % 7}")).ToList();

        var runs = await RunAsync(answerer, questions, concurrency);

        Assert.Equal(questions.Select(question => question.Text), runs.Select(run => run.Prediction.Text));
        Assert.InRange(answerer.MostAtOnce, 1, concurrency);
    }

    [Fact]
    public async Task Several_questions_are_answered_at_once()
    {
        using var all = new CountdownEvent(4);
        var answerer = new ScriptedAnswerer((question, cancellationToken) =>
        {
            all.Signal();
            all.Wait(cancellationToken);
            return Task.FromResult(Answers.Of(question.Text));
        });

        await RunAsync(answerer, [.. Enumerable.Range(0, 4).Select(i => Ask($"{i}", "p"))], 4);

        Assert.Equal(4, answerer.MostAtOnce);
    }

    [Fact]
    public async Task A_record_is_read_once_a_patient_even_when_the_questions_are_mixed()
    {
        var answerer = new ScriptedAnswerer((question, _) => Task.FromResult(Answers.Of(question.Text)));

        await RunAsync(answerer, [.. Enumerable.Range(0, 60).Select(i => Ask($"{i}", $"p{i % 3}"))], 4);

        Assert.Equal(3, _source.Reads.Count);
        Assert.All(_source.Reads.Values, reads => Assert.Equal(1, reads));
    }

    [Fact]
    public async Task The_question_carries_its_instant_and_who_asks()
    {
        var asked = new List<ChartQuestion>();
        var answerer = new ScriptedAnswerer((question, _) =>
        {
            asked.Add(question);
            return Task.FromResult(Answers.Of(question.Text));
        });
        var now = new DateTimeOffset(2180, 8, 10, 22, 48, 0, TimeSpan.Zero);

        await RunAsync(answerer, [Ask("a", "p") with { Now = new AskedAt.Instant(now), Asker = AskerRole.Patient }, Ask("b", "p")], 1);

        Assert.Equal((now, AskerRole.Patient), (asked[0].AsOf, asked[0].Asker));
        Assert.Equal((_time.GetUtcNow(), AskerRole.Unknown), (asked[1].AsOf, asked[1].Asker));
        Assert.All(asked, question => Assert.Empty(question.Earlier));
    }

    [Fact]
    public async Task Latency_is_that_of_the_answer()
    {
        var answerer = new ScriptedAnswerer((question, _) =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(12.5));
            return Task.FromResult(Answers.Of(question.Text));
        });

        var run = Assert.Single(await RunAsync(answerer, [Ask("a", "p")], 1));

        Assert.Equal(12.5, run.Prediction.LatencyMs);
    }

    [Theory]
    [InlineData("nobody", "The data does not hold this patient.")]
    [InlineData("mixed", "The data mixes another patient's resources into this record, so it is not used.")]
    public async Task Without_a_usable_record_the_question_is_left_open_and_the_rest_goes_on(string patient, string reason)
    {
        var answerer = new ScriptedAnswerer((question, _) => Task.FromResult(Answers.Of(question.Text)));

        var runs = await RunAsync(answerer, [Ask("a", patient), Ask("b", "p")], 2);

        Assert.Equal((AnswerStatus.Unsure, reason), (runs[0].Prediction.Status, runs[0].RecordProblem));
        Assert.Equal(AnswerStatus.Answered, runs[1].Prediction.Status);
    }

    [Fact]
    public async Task A_failing_answerer_ends_the_run_after_the_others_have_stopped()
    {
        var stopped = 0;
        using var waiting = new CountdownEvent(3);
        var answerer = new ScriptedAnswerer(async (question, cancellationToken) =>
        {
            if (question.Text == "0")
            {
                waiting.Wait(cancellationToken);
                throw new InvalidOperationException("broken");
            }

            waiting.Signal();
            var cancelled = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            Interlocked.Increment(ref stopped);
            return Answers.Of(question.Text);
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(answerer, [.. Enumerable.Range(0, 4).Select(i => Ask($"{i}", "p"))], 4));

        Assert.Equal(3, stopped);
    }

    private static EvaluationQuestion Ask(string text, string patient) => new(1, text, patient, null, AskerRole.Unknown, null, text, null);

    private async Task<List<QuestionRun>> RunAsync(ScriptedAnswerer answerer, List<EvaluationQuestion> questions, int concurrency)
    {
        var runner = new QuestionRunner(_source, new HandMadeRecords(), answerer, _time, null);
        var runs = new List<QuestionRun>();
        await foreach (var run in runner.RunAsync(questions, concurrency, TestContext.Current.CancellationToken))
            runs.Add(run);

        return runs;
    }
}
