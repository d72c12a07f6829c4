using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Planning.Agents;

/// <summary>What an agent may use up in one turn; <c>budgets</c> of <c>agent.yaml</c>.</summary>
public sealed class AgentBudgets
{
    /// <summary>Calls of its model.</summary>
    /// <value>Default: 4. 1 to 50.</value>
    [Range(1, 50, ErrorMessage = "budgets.steps must be from 1 to 50")]
    public int Steps { get; set; } = 4;

    /// <summary>Queries to the record.</summary>
    /// <value>Default: 12. 0 to 99, the most that a handle can name.</value>
    [Range(0, 99, ErrorMessage = "budgets.queries must be from 0 to 99")]
    public int Queries { get; set; } = 12;

    /// <summary>Tokens read and written, those read before among them.</summary>
    /// <value>Default: 60000. 100 to 10000000.</value>
    [Range(100, 10_000_000, ErrorMessage = "budgets.tokens must be from 100 to 10000000")]
    public int Tokens { get; set; } = 60_000;

    /// <summary>Time of all its calls, in seconds.</summary>
    /// <value>Default: 240. 1 to 3600.</value>
    [Range(1, 3600, ErrorMessage = "budgets.seconds must be from 1 to 3600")]
    public int Seconds { get; set; } = 240;
}
