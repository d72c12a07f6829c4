using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Suites.Asking;

/// <summary>Questions about patients' records, put to the one service that answers and scored strictly. Questions without a gold answer are no items.</summary>
internal sealed class QuestionSuite : ISuite
{
    private readonly Dictionary<string, EvaluationQuestion> _questions;
    private readonly IRecordSource _source;
    private readonly IRecordBuilder _builder;
    private readonly QuestionRunner _runner;
    private readonly AnswerScorer _scorer;

    /// <summary>Makes a suite of questions.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="category">The category that a question counts in.</param>
    /// <param name="source">Where records come from.</param>
    /// <param name="builder">Makes records of what the source supplies.</param>
    /// <param name="answerer">Answers.</param>
    /// <param name="scorer">Decides what is right.</param>
    /// <param name="time">Measures latency.</param>
    /// <param name="audit">Checks the evidence of each answer, or null; an answer whose evidence does not hold is wrong.</param>
    public QuestionSuite(
        IReadOnlyList<EvaluationQuestion> questions,
        Func<EvaluationQuestion, string> category,
        IRecordSource source,
        IRecordBuilder builder,
        IQuestionAnswerer answerer,
        AnswerScorer scorer,
        TimeProvider time,
        EvidenceAudit? audit)
    {
        _source = source;
        _builder = builder;
        _scorer = scorer;
        _runner = new QuestionRunner(source, builder, answerer, time, audit);
        var scored = questions.Where(question => scorer.IsRight(question, Floor.All[0].Predict(question.Id)) is not null).ToList();
        _questions = scored.ToDictionary(question => question.Id, StringComparer.Ordinal);
        Items = [.. scored.Select(question => ItemOf(question, category(question), scorer))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<SuiteItem> Items { get; }

    /// <summary>The item that a question is.</summary>
    public static SuiteItem ItemOf(EvaluationQuestion question, string category, AnswerScorer scorer) => new(
        question.Id,
        question.Patient,
        category,
        question.Template ?? ScoredQuestion.NoTemplate,
        question.Text,
        AnswerText.Of(question.Gold),
        [.. Floor.All.Where(floor => scorer.IsRight(question, floor.Predict(question.Id)) == true).Select(floor => floor.Name)]);

    /// <summary>What a question's run is worth.</summary>
    public static ItemAnswer AnswerOf(QuestionRun run, AnswerScorer scorer)
    {
        var elapsed = TimeSpan.FromMilliseconds(run.Prediction.LatencyMs);
        if (run.RecordProblem is not null)
            return ItemAnswer.Failure(run.RecordProblem);

        // What is stated on evidence that does not hold is stated wrongly, whatever the gold says.
        var unproved = run.Audit is { Mismatches: [var first, ..] } ? $"the evidence does not hold: {first.Reason}" : null;
        var outcome = unproved is not null ? ItemOutcome.Wrong
            : scorer.IsRight(run.Question, run.Prediction) == true ? ItemOutcome.Right
            : run.Prediction.Status == AnswerStatus.Unsure ? ItemOutcome.Unsure
            : ItemOutcome.Wrong;
        var evidence = run.Question.Gold?.Evidence is { } gold ? EvidenceCount.Of(run.Prediction.Evidence, gold) : null;
        return new ItemAnswer(outcome, AnswerText.Of(run.Prediction), unproved, evidence, elapsed);
    }

    /// <inheritdoc/>
    public Func<SuiteItem, CancellationToken, Task<ItemAnswer>> Begin(IReadOnlyList<SuiteItem> items, CancellationToken cancellationToken)
    {
        var shelf = new RecordShelf(_source, _builder, items.Select(item => _questions[item.Id].Patient), cancellationToken);
        return async (item, itemCancelled) => AnswerOf(await _runner.PutAsync(_questions[item.Id], shelf, itemCancelled).ConfigureAwait(false), _scorer);
    }
}
