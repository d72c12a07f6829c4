using System.Globalization;
using MedGemma.Agents.Evaluation.Exams;
using MedGemma.Agents.Evaluation.Suites.Asking;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Evaluation.Suites.Running;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Suites.Preparing;

/// <summary>Prepares multiple-choice exams.</summary>
public static class ExamSuites
{
    /// <summary>An exam of a file in its published shape.</summary>
    /// <param name="exam">Name of the exam, one of <see cref="SuiteNames.Exams"/>.</param>
    /// <param name="file">The file; none is shipped.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How it sits the exam.</param>
    /// <param name="request">What is run.</param>
    /// <param name="time">Measures latency.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    /// <exception cref="EvaluationRefusedException">The file is not of that exam.</exception>
    public static async Task<PreparedSuite> OfFileAsync(
        string exam, string file, IChatClient model, ExamOptions options, SuiteRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(request);
        var set = await ExamFile.ReadAsync(exam, file, cancellationToken).ConfigureAwait(false);
        if (set.Questions.Count == 0)
            throw new EvaluationRefusedException($"{Path.GetFileName(file)} holds no question of {exam}");

        var settings = new SortedDictionary<string, string>(request.Subject.Settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["max-output-tokens"] = options.MaxOutputTokens.ToString(CultureInfo.InvariantCulture),
            ["prompt"] = DataFingerprint.OfText(ExamPrompt.Instruction),
            ["sampling"] = "greedy",
            ["thinking"] = options.Think ? "yes" : "no",
        };
        var asked = request with { Subject = request.Subject with { Settings = settings } };
        var suite = new ExamSuite(request.Limited(set.Questions, question => question.Subject), TokenMeter.On(model), options, time);
        var conditions = new RunConditions(
            exam, ScoreKind.Accuracy, await DataFingerprint.OfFileAsync(file, cancellationToken).ConfigureAwait(false), DataFingerprint.OfText(string.Empty), request.Fault.Name, request.Conditions);
        return new PreparedSuite(suite, asked.ManifestOf(conditions, suite.Items.Count), [.. set.LeftOut.Select(reason => $"{reason.Value} rows left out: {reason.Key}")]);
    }
}
