using System.Runtime.CompilerServices;
using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Running;

/// <summary>Puts questions to their patients' records, several at once, and gives the answers in the order of the questions.</summary>
/// <param name="source">Where records come from.</param>
/// <param name="builder">Makes records of what the source supplies.</param>
/// <param name="answerer">Answers.</param>
/// <param name="time">Measures latency, and gives the instant of a question that has none.</param>
/// <param name="audit">Checks the evidence of each answer, or null.</param>
internal sealed class QuestionRunner(
    IRecordSource source, IRecordBuilder builder, IQuestionAnswerer answerer, TimeProvider time, EvidenceAudit? audit)
{
    // How far later questions may run ahead of a slow one, in questions a worker: enough to keep all busy, and bounded.
    private const int Lead = 8;

    /// <summary>Puts every question.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="concurrency">Most questions answered at once, at least 1.</param>
    /// <param name="cancellationToken">Cancels the run; no question is still being answered when the enumeration ends.</param>
    public async IAsyncEnumerable<QuestionRun> RunAsync(
        IReadOnlyList<EvaluationQuestion> questions, int concurrency, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var workers = new SemaphoreSlim(concurrency);
        var shelf = new RecordShelf(source, builder, questions.Select(question => question.Patient), stop.Token);
        var running = new Queue<Task<QuestionRun>>();
        try
        {
            foreach (var question in questions)
            {
                if (running.Count == concurrency * Lead)
                    yield return await running.Dequeue().ConfigureAwait(false);

                // Waited for here and not in the task, so that questions also begin in their order.
                await workers.WaitAsync(stop.Token).ConfigureAwait(false);
                running.Enqueue(Task.Run(() => PutAsync(question, shelf, workers, stop.Token), CancellationToken.None));
            }

            while (running.TryDequeue(out var next))
                yield return await next.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Puts one question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="shelf">Holds its patient's record.</param>
    /// <param name="cancellationToken">Cancels the answer.</param>
    public async Task<QuestionRun> PutAsync(EvaluationQuestion question, RecordShelf shelf, CancellationToken cancellationToken)
    {
        try
        {
            var loaded = await shelf.TakeAsync(question.Patient).ConfigureAwait(false);
            if (loaded.Record is not { } record)
                return new QuestionRun(question, Prediction.Unanswerable(question.Id, loaded.Problem!), loaded.Problem, null);

            var asOf = question.Now switch
            {
                AskedAt.Instant instant => instant.Moment,
                AskedAt.OnTheRecordsClock shown => RecordClock.ToInstant(record, shown.Local, record.Zone),
                _ => time.GetUtcNow(),
            };
            var asked = new ChartQuestion(question.Text, asOf, question.Asker, []);
            var begun = time.GetTimestamp();
            var answer = await answerer.AnswerAsync(record, asked, null, cancellationToken).ConfigureAwait(false);
            var prediction = Prediction.Of(question.Id, answer, time.GetElapsedTime(begun));
            return new QuestionRun(question, prediction, null, audit?.Check(answer, record));
        }
        finally
        {
            shelf.Return(question.Patient);
        }
    }

    private async Task<QuestionRun> PutAsync(
        EvaluationQuestion question, RecordShelf shelf, SemaphoreSlim workers, CancellationToken cancellationToken)
    {
        try
        {
            return await PutAsync(question, shelf, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            workers.Release();
        }
    }
}
