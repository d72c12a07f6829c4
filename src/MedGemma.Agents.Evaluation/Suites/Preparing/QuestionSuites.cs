using System.Collections.Frozen;
using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;
using MedGemma.Agents.Evaluation.RecordQuestions;
using MedGemma.Agents.Evaluation.Suites.Asking;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Suites.Preparing;

/// <summary>Prepares the suites that ask records questions.</summary>
public static class QuestionSuites
{
    /// <summary>A file of questions, such as FHIRPath-QA: each template is a category, the score is the plain accuracy.</summary>
    /// <param name="questions">File of question lines.</param>
    /// <param name="alternatives">Templates whose gold lists several identifiers of one thing; null for those of FHIRPath-QA.</param>
    /// <param name="source">Where records come from.</param>
    /// <param name="parts">What answers.</param>
    /// <param name="request">What is run.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    /// <exception cref="EvaluationRefusedException">A line cannot be read, or none has a gold answer.</exception>
    public static Task<PreparedSuite> OfFileAsync(
        string questions, IReadOnlyCollection<string>? alternatives, IRecordSource source, AnsweringParts parts, SuiteRequest request, CancellationToken cancellationToken)
    {
        var conventions = alternatives is null ? ScoringConventions.Default : new ScoringConventions(alternatives.ToFrozenSet(StringComparer.Ordinal));
        return PrepareAsync(SuiteNames.QuestionFile, ScoreKind.Accuracy, questions, FamilyOf, conventions, source, parts, With(request, conventions), cancellationToken);
    }

    /// <summary>The record suite of files that <see cref="RecordQuestionFiles"/> wrote; the score is the mean of the ten categories.</summary>
    /// <param name="questions">File of question lines.</param>
    /// <param name="source">The patients.</param>
    /// <param name="parts">What answers.</param>
    /// <param name="request">What is run.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    /// <exception cref="EvaluationRefusedException">A line cannot be read, or is of no type of the suite.</exception>
    public static Task<PreparedSuite> OfRecordsAsync(
        string questions, IRecordSource source, AnsweringParts parts, SuiteRequest request, CancellationToken cancellationToken) =>
        PrepareAsync(
            SuiteNames.RecordQa, ScoreKind.CategoryMean, questions, CategoryOf, new ScoringConventions(FrozenSet<string>.Empty), source, parts, request, cancellationToken);

    /// <summary>The run of a file of questions that were put already; the same as a run of <see cref="OfFileAsync"/>.</summary>
    /// <param name="file">File of question lines.</param>
    /// <param name="runs">The questions with what was answered.</param>
    /// <param name="conventions">What is right.</param>
    /// <param name="source">Where the records came from.</param>
    /// <param name="request">What was run.</param>
    /// <param name="cancellationToken">Cancels the hashing.</param>
    internal static async Task<Run> RunOfFileAsync(
        string file, IReadOnlyList<QuestionRun> runs, ScoringConventions conventions, IRecordSource source, SuiteRequest request, CancellationToken cancellationToken)
    {
        var scorer = new AnswerScorer(conventions);
        var results = runs.Where(run => scorer.IsRight(run.Question, run.Prediction) is not null)
            .Select(run => ItemResult.Of(QuestionSuite.ItemOf(run.Question, FamilyOf(run.Question), scorer), QuestionSuite.AnswerOf(run, scorer), null))
            .ToList();
        var asked = With(request, conventions);
        var conditions = await ConditionsAsync(
            SuiteNames.QuestionFile, ScoreKind.Accuracy, file, runs.Select(run => run.Question.Patient), source, asked, cancellationToken).ConfigureAwait(false);
        return new Run(asked.ManifestOf(conditions, results.Count), results);
    }

    private static SuiteRequest With(SuiteRequest request, ScoringConventions conventions) =>
        request.With("alternatives", string.Join(' ', conventions.AlternativeTemplates.Order(StringComparer.Ordinal)));

    private static string FamilyOf(EvaluationQuestion question) => question.Template ?? ScoredQuestion.NoTemplate;

    private static async Task<RunConditions> ConditionsAsync(
        string name, ScoreKind score, string file, IEnumerable<string> patients, IRecordSource source, SuiteRequest request, CancellationToken cancellationToken) => new(
        name,
        score,
        await DataFingerprint.OfFileAsync(file, cancellationToken).ConfigureAwait(false),
        await DataFingerprint.OfRecordsAsync(source, patients, cancellationToken).ConfigureAwait(false),
        request.Fault.Name,
        request.With("audit", request.Audit ? "yes" : "no").Conditions);

    private static string CategoryOf(EvaluationQuestion question) =>
        question.Template is { } template && QuestionCategories.Templates.Contains(template)
            ? QuestionCategories.Of(template)
            : throw new EvaluationRefusedException($"line {question.Line}: not a question type of the record suite");

    private static async Task<PreparedSuite> PrepareAsync(
        string name,
        ScoreKind score,
        string file,
        Func<EvaluationQuestion, string> category,
        ScoringConventions conventions,
        IRecordSource source,
        AnsweringParts parts,
        SuiteRequest request,
        CancellationToken cancellationToken)
    {
        var set = await QuestionFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        if (set.Malformed is [var malformed, ..])
            throw new EvaluationRefusedException($"{malformed} ({set.Malformed.Count} such lines)");

        var questions = request.Limited(set.Questions, question => category(question));
        var audit = request.Audit ? new EvidenceAudit(parts.Derivations) : null;
        var suite = new QuestionSuite(questions, category, request.Fault.Of(source), parts.Builder, parts.Answerer, new AnswerScorer(conventions), parts.Time, audit);
        if (suite.Items.Count == 0)
            throw new EvaluationRefusedException("no question has a gold answer, so nothing can be measured");

        var conditions = await ConditionsAsync(name, score, file, questions.Select(question => question.Patient), source, request, cancellationToken).ConfigureAwait(false);
        return new PreparedSuite(suite, request.ManifestOf(conditions, suite.Items.Count), []);
    }
}
