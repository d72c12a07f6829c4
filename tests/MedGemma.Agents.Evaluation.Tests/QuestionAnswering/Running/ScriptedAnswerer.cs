using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;

/// <summary>Answers with what the test says.</summary>
internal sealed class ScriptedAnswerer(Func<ChartQuestion, CancellationToken, Task<Answer>> script) : IQuestionAnswerer
{
    private readonly Lock _lock = new();
    private int _running;

    public int MostAtOnce { get; private set; }

    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        var running = Interlocked.Increment(ref _running);
        lock (_lock)
            MostAtOnce = Math.Max(MostAtOnce, running);

        try
        {
            return await script(question, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
