using MedGemma.Agents.Evaluation.AgentTasks.Orders;

namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>What an agent answers to a task; closed.</summary>
internal abstract record TaskAnswer
{
    private TaskAnswer()
    {
    }

    /// <summary>A value with its proof.</summary>
    public sealed record Value(decimal Amount, string? Unit, string? Time, IReadOnlyList<string> Evidence) : TaskAnswer;

    /// <summary>Nothing is recorded.</summary>
    public sealed record None : TaskAnswer;

    /// <summary>Orders are proposed.</summary>
    public sealed record Orders(IReadOnlyList<DraftOrder> Drafts) : TaskAnswer;

    /// <summary>No order is called for.</summary>
    public sealed record NoOrder : TaskAnswer;

    /// <summary>Left open.</summary>
    /// <param name="Reason">Why, without patient data.</param>
    public sealed record Unsure(string Reason) : TaskAnswer;

    /// <summary>Nothing that can be read as an answer.</summary>
    /// <param name="Problem">Why, without patient data.</param>
    public sealed record Unreadable(string Problem) : TaskAnswer;
}
