using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The one service that answers a question; sessions, the command line and evaluation all call it. Safe for concurrent use.</summary>
public interface IQuestionAnswerer
{
    /// <summary>Plans, queries, writes and verifies.</summary>
    /// <param name="record">The pinned record.</param>
    /// <param name="question">The question.</param>
    /// <param name="observer">Told of each step as it happens, or null.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken);
}
