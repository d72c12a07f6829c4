using MedGemma.Agents.Evaluation.AgentTasks;
using MedGemma.Agents.Evaluation.AgentTasks.Performing;
using MedGemma.Agents.Evaluation.Suites.Asking;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Evaluation.Suites.Running;
using MedGemma.Agents.Records.Sources;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Suites.Preparing;

/// <summary>Prepares the agent suite.</summary>
public static class AgentTaskSuites
{
    /// <summary>The tasks of a file.</summary>
    /// <param name="tasks">File of tasks.</param>
    /// <param name="source">The patients.</param>
    /// <param name="parts">What answers questions about them.</param>
    /// <param name="model">The model that performs the tasks from their instructions; null for the protocols applied in code.</param>
    /// <param name="request">What is run.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    /// <exception cref="EvaluationRefusedException">A line is no task.</exception>
    public static async Task<PreparedSuite> OfFileAsync(
        string tasks, IRecordSource source, AnsweringParts parts, IChatClient? model, SuiteRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(request);
        var read = request.Limited(await AgentTaskFile.ReadAsync(tasks, cancellationToken).ConfigureAwait(false), task => task.Category);
        ITaskAgent agent = model is null
            ? new ProtocolAgent(parts.Answerer)
            : new ModelTaskAgent(TokenMeter.On(model), parts.Answerer);
        var settings = new SortedDictionary<string, string>(request.Subject.Settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["agent"] = model is null ? "protocols in code" : "instructions to a model",
        };
        if (model is not null)
            settings["prompt"] = DataFingerprint.OfText(ModelTaskAgent.Instruction);

        var suite = new AgentTaskSuite(read, request.Fault.Of(source), parts.Builder, agent, parts.Time);
        var conditions = new RunConditions(
            SuiteNames.AgentTasks,
            ScoreKind.Accuracy,
            await DataFingerprint.OfFileAsync(tasks, cancellationToken).ConfigureAwait(false),
            await DataFingerprint.OfRecordsAsync(source, read.Select(task => task.Patient), cancellationToken).ConfigureAwait(false),
            request.Fault.Name,
            request.Conditions);
        return new PreparedSuite(suite, (request with { Subject = request.Subject with { Settings = settings } }).ManifestOf(conditions, suite.Items.Count), []);
    }
}
