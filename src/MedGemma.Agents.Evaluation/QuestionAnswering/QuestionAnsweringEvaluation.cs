using System.Collections.Frozen;
using System.Text;
using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;
using MedGemma.Agents.Evaluation.Suites.Preparing;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.QuestionAnswering;

/// <summary>Puts a file of questions to patients' records, writes the predictions, scores them and reports.</summary>
/// <param name="source">Where records come from.</param>
/// <param name="builder">Makes records of what the source supplies.</param>
/// <param name="answerer">Answers, with the conventions of the data set already given to it.</param>
/// <param name="derivations">Computes derived values again when an audit is asked for.</param>
/// <param name="time">Measures latency, and gives the instant of a question that has none.</param>
public sealed class QuestionAnsweringEvaluation(
    IRecordSource source, IRecordBuilder builder, IQuestionAnswerer answerer, DerivationRecomputer derivations, TimeProvider time)
{
    /// <summary>Runs an evaluation.</summary>
    /// <param name="options">What is read, written and taken for right.</param>
    /// <param name="output">Where the figures are written as plain text; no question text and no patient id among them.</param>
    /// <param name="cancellationToken">Cancels the run; no output file is left or changed then.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public async Task<EvaluationOutcome> RunAsync(EvaluationOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var set = await QuestionFile.ReadAsync(options.Questions, cancellationToken).ConfigureAwait(false);
        var runs = await AnswerAsync(set, options, cancellationToken).ConfigureAwait(false);
        var summary = EvaluationSummary.Of(runs, set.Malformed, new AnswerScorer(Conventions(options)));
        TextReport.Write(output, summary);
        if (options.Report is { } report)
            await WriteHtmlAsync(report, summary, cancellationToken).ConfigureAwait(false);

        if (options.Run is { } run)
        {
            var suite = await QuestionSuites.RunOfFileAsync(options.Questions, runs, Conventions(options), source, run.Request, cancellationToken).ConfigureAwait(false);
            await RunFile.WriteAsync(run.Path, suite, cancellationToken).ConfigureAwait(false);
        }

        return new EvaluationOutcome(
            runs.Count,
            set.Malformed.Count,
            runs.Count(run => run.RecordProblem is not null),
            summary.Audit?.Mismatches.Count ?? 0);
    }

    private static ScoringConventions Conventions(EvaluationOptions options) =>
        options.AlternativeTemplates is { } templates
            ? new ScoringConventions(templates.ToFrozenSet(StringComparer.Ordinal))
            : ScoringConventions.Default;

    private async Task<List<QuestionRun>> AnswerAsync(QuestionSet set, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var runner = new QuestionRunner(source, builder, answerer, time, options.Audit ? new EvidenceAudit(derivations) : null);
        var runs = new List<QuestionRun>(set.Questions.Count);
        var file = PredictionFile.Create(options.Predictions);
        await using (file.ConfigureAwait(false))
        {
            await foreach (var run in runner.RunAsync(set.Questions, options.Concurrency, cancellationToken).ConfigureAwait(false))
            {
                await file.WriteAsync(run.Prediction, cancellationToken).ConfigureAwait(false);
                runs.Add(run);
            }

            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return runs;
    }

    private async Task WriteHtmlAsync(string path, EvaluationSummary summary, CancellationToken cancellationToken)
    {
        var file = ReplacementFile.Create(path);
        await using (file.ConfigureAwait(false))
        {
            var html = HtmlReport.Render(summary, time.GetUtcNow());
            await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(html), cancellationToken).ConfigureAwait(false);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
