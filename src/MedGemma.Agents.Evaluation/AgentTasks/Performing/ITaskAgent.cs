using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Evaluation.AgentTasks.Performing;

/// <summary>Performs tasks on one patient's record; it can read and propose, and write nothing. Implementations are safe for concurrent use.</summary>
internal interface ITaskAgent
{
    /// <summary>Performs a task.</summary>
    /// <param name="record">The patient's record.</param>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<TaskAnswer> PerformAsync(PatientRecord record, AgentTask task, CancellationToken cancellationToken);
}
