using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Planners;

/// <summary>Turns a question into record queries. Safe for concurrent use.</summary>
public interface IPlanner
{
    /// <summary>Name that answers carry.</summary>
    string Name { get; }

    /// <summary>Plans one question.</summary>
    /// <param name="record">The record it is about.</param>
    /// <param name="question">The question.</param>
    /// <param name="context">Instant and zone of the question.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    Task<Plan> PlanAsync(PatientRecord record, ChartQuestion question, QueryContext context, CancellationToken cancellationToken);
}
