using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>Holds every answer back until it is released, then says that it is unsure; a question with "fail" throws, quoting the patient.</summary>
internal sealed class HeldAnswerer : IQuestionAnswerer
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _release.TrySetResult();

    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        if (observer is not null)
            await observer.PlannedAsync([], cancellationToken);

        await _release.Task.WaitAsync(cancellationToken);
        if (question.Text.Contains("fail", StringComparison.Ordinal))
            throw new InvalidOperationException($"{record.Patient.Key} {record.Patient.Json.GetRawText()} {question.Text}");

        return new Answer(AnswerStatus.Unsure, "I am unsure.", [], null, [], [], [], record.Receipt, [], "held", question.AsOf);
    }
}
