using System.Globalization;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Evaluation.Suites;

namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>
/// Scores strictly: value, unit, time and exactly the resources that prove it; or exactly one draft of the right content on the right evidence; or no order where none
/// is right.
/// </summary>
internal static class TaskScorer
{
    /// <summary>Averages are written to two decimals at most.</summary>
    private const decimal Rounding = 0.005m;

    /// <summary>Scores an answer.</summary>
    public static ItemOutcome Score(AgentTask task, TaskAnswer answer) => answer switch
    {
        TaskAnswer.Unsure => ItemOutcome.Unsure,
        TaskAnswer.Unreadable => ItemOutcome.Unreadable,
        _ => IsRight(task, answer) ? ItemOutcome.Right : ItemOutcome.Wrong,
    };

    /// <summary>Names of the floors that would be right, each granted every detail of what it does.</summary>
    public static IReadOnlyList<string> FloorsOf(AgentTask task) => task.Gold switch
    {
        TaskGold.None or TaskGold.NoOrder => ["do nothing"],
        TaskGold.Order => ["always order"],
        _ => [],
    };

    /// <summary>The references that an answer names.</summary>
    public static IEnumerable<string> EvidenceOf(TaskAnswer answer) => answer switch
    {
        TaskAnswer.Value value => value.Evidence,
        TaskAnswer.Orders orders => orders.Drafts.SelectMany(draft => draft.Evidence),
        _ => [],
    };

    private static bool IsRight(AgentTask task, TaskAnswer answer) => (task.Gold, answer) switch
    {
        (TaskGold.Value gold, TaskAnswer.Value value) => IsRight(gold, value) && task.Evidence.ToHashSet(StringComparer.Ordinal).SetEquals(value.Evidence),
        (TaskGold.None, TaskAnswer.None) => true,
        (TaskGold.Order gold, TaskAnswer.Orders { Drafts: [var draft] }) => IsRight(gold, draft, task.Evidence),
        (TaskGold.NoOrder, TaskAnswer.NoOrder or TaskAnswer.Orders { Drafts: [] }) => true,
        _ => false,
    };

    private static bool IsRight(TaskGold.Value gold, TaskAnswer.Value value) =>
        (gold.Time is null ? Math.Abs(gold.Amount - value.Amount) <= Rounding : gold.Amount == value.Amount)
        && gold.Unit == value.Unit
        && (gold.Time is null || (Moment(gold.Time) is { } time && Moment(value.Time) == time));

    private static bool IsRight(TaskGold.Order gold, DraftOrder draft, IReadOnlyList<string> evidence) =>
        draft.Content == gold.Content && !string.IsNullOrWhiteSpace(draft.Condition) && evidence.All(draft.Evidence.Contains);

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
