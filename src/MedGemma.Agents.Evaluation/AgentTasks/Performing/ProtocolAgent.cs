using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Evaluation.AgentTasks.Performing;

/// <summary>
/// Performs tasks without a model: asks the chart the task's question and applies its protocol in code. It reads the protocol and not the instruction, so its figures
/// measure the answers that it rests on.
/// </summary>
/// <param name="answerer">Answers questions about the record.</param>
internal sealed class ProtocolAgent(IQuestionAnswerer answerer) : ITaskAgent
{
    /// <inheritdoc/>
    public async Task<TaskAnswer> PerformAsync(PatientRecord record, AgentTask task, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(record, task, task.Ask, cancellationToken).ConfigureAwait(false);
        if (answer.Status == AnswerStatus.Unsure)
            return new TaskAnswer.Unsure("the question that the task turns on was left open");

        if (answer.Status == AnswerStatus.NoneRecorded)
            return task.Protocol switch
            {
                null => new TaskAnswer.None(),
                { When.Comparison: ProtocolComparison.Absent } due => await ProposeAsync(record, task, due, new DraftOrder(due.Order, $"{task.Ask} None is recorded.", []), cancellationToken).ConfigureAwait(false),
                _ => new TaskAnswer.NoOrder(),
            };

        if (task.Protocol is { When.Comparison: ProtocolComparison.Absent })
            return new TaskAnswer.NoOrder();

        if (answer.Values is not [{ ValueKind: JsonValueKind.Number } number] || !number.TryGetDecimal(out var amount))
            return new TaskAnswer.Unsure("the answer is not one number");

        var evidence = EvidenceOf(answer);
        if (task.Protocol is not { } protocol)
            return new TaskAnswer.Value(amount, answer.Unit, evidence is [var only] ? only.Time : null, References(evidence));

        if (answer.Unit != protocol.When.Unit)
            return new TaskAnswer.Unsure("the value's unit is not the protocol's");

        if (!protocol.When.Holds(amount))
            return new TaskAnswer.NoOrder();

        var word = protocol.When.Comparison.ToString().ToLowerInvariant();
        var condition = string.Create(CultureInfo.InvariantCulture, $"{task.Ask} {amount} {answer.Unit}, which is {word} {protocol.When.Bound} {protocol.When.Unit}.");
        return await ProposeAsync(record, task, protocol, new DraftOrder(protocol.Order, condition, References(evidence)), cancellationToken).ConfigureAwait(false);
    }

    private static List<Evidence> EvidenceOf(Answer answer) =>
    [
        .. answer.Claims.Where(claim => claim.Verdict == Verdict.Supported)
            .SelectMany(claim => claim.Evidence.Concat(claim.Derivation?.Inputs ?? []))
            .DistinctBy(evidence => evidence.Resource),
    ];

    private static List<string> References(List<Evidence> evidence) => [.. evidence.Select(item => item.Resource.ToString())];

    private async Task<TaskAnswer> ProposeAsync(PatientRecord record, AgentTask task, Protocol protocol, DraftOrder draft, CancellationToken cancellationToken)
    {
        if (protocol.Unless is not { } question)
            return new TaskAnswer.Orders([draft]);

        // Only a plain no allows the order: whatever forbids it must have been looked for.
        var forbidden = await AskAsync(record, task, question, cancellationToken).ConfigureAwait(false);
        return (forbidden.Status, forbidden.Values) switch
        {
            (AnswerStatus.Answered, [{ ValueKind: JsonValueKind.True }]) => new TaskAnswer.NoOrder(),
            (AnswerStatus.Answered, [{ ValueKind: JsonValueKind.False }]) or (AnswerStatus.NoneRecorded, _) => new TaskAnswer.Orders([draft]),
            _ => new TaskAnswer.Unsure("whether something forbids the order was left open"),
        };
    }

    private Task<Answer> AskAsync(PatientRecord record, AgentTask task, string question, CancellationToken cancellationToken) =>
        answerer.AnswerAsync(record, new ChartQuestion(question, task.Now, AskerRole.Clinician, []), null, cancellationToken);
}
