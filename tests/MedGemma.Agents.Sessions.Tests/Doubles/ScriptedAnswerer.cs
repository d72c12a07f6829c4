using System.Collections.Concurrent;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>
/// Answers with the patient's id and record version. A question with the word "wait" is answered when <see cref="Release"/> is called, one with
/// "fail" throws with the patient's id in the message.
/// </summary>
internal sealed class ScriptedAnswerer : IQuestionAnswerer
{
    private TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<ChartQuestion> Asked { get; } = new();

    /// <summary>What models are said to have done.</summary>
    public ModelWork? Model { get; set; }

    /// <summary>The answer's text, in place of the claim's.</summary>
    public string? Text { get; set; }

    public Task Waiting => _waiting.Task;

    public void Release() => _release.TrySetResult();

    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        Asked.Enqueue(question);
        var query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.Patient], Concepts = [question.Text] }, new ExistsAggregate());
        var result = new QueryResult(query, QueryOutcome.Found, [], 1, 1, [], ["Patient"], [], [], null);
        var evidence = new Evidence(record.Patient.Key, record.Patient.Version, "Patient", default, null, null);
        var claim = new Claim($"This is {record.Patient.Key.Id} in {record.Patient.Version}.", 0, [evidence], null, Verdict.Supported);
        if (observer is not null)
        {
            await observer.PlannedAsync([query], cancellationToken);
            await observer.QueriedAsync(result, cancellationToken);
            foreach (var call in Model?.Calls ?? [])
                await observer.ModelCalledAsync(Model!.Agents[0], call);
        }

        if (question.Text.Contains("wait", StringComparison.Ordinal))
        {
            _waiting.TrySetResult();
            await _release.Task.WaitAsync(cancellationToken);
        }

        if (question.Text.Contains("fail", StringComparison.Ordinal))
            throw new InvalidOperationException($"scripted failure about {record.Patient.Key.Id}");

        if (observer is not null)
            await observer.ClaimedAsync(claim, cancellationToken);

        var values = new[] { JsonSerializer.SerializeToElement(record.Patient.Key.Id) };
        return new Answer(
            AnswerStatus.Answered, Text ?? claim.Text, values, null, [claim], [], [result], record.Receipt, [], "scripted", question.AsOf) { Model = Model };
    }
}
