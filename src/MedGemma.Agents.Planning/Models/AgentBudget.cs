using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Planning.Models;

/// <summary>What an agent may still use up in one turn. Not thread-safe: a turn's calls follow one another.</summary>
/// <param name="budgets">What it may use up in all.</param>
/// <param name="clock">The clock.</param>
internal sealed class AgentBudget(AgentBudgets budgets, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private int _steps;
    private int _queries;
    private long _tokens;

    /// <summary>Time that is left; never negative.</summary>
    public TimeSpan TimeLeft => TimeSpan.FromSeconds(budgets.Seconds) - clock.GetElapsedTime(_start) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>True when the next call is the last.</summary>
    public bool IsNextStepLast => _steps == budgets.Steps - 1;

    /// <summary>Counts a call that is about to be made.</summary>
    /// <returns>What is spent so that it must not be made, or null.</returns>
    public TurnBudgetKind? TakeStep()
    {
        if (TimeLeft == TimeSpan.Zero)
            return TurnBudgetKind.Time;
        if (_tokens >= budgets.Tokens)
            return TurnBudgetKind.Tokens;

        return ++_steps > budgets.Steps ? TurnBudgetKind.Steps : null;
    }

    /// <summary>Counts a query that is about to be run.</summary>
    /// <returns>False when it must not be run.</returns>
    public bool TakeQuery() => ++_queries <= budgets.Queries;

    /// <summary>Counts tokens.</summary>
    public void Use(long tokens) => _tokens += tokens;
}
