using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.Suites.Reporting;

/// <summary>Figures of one category, or of one type.</summary>
/// <param name="Name">The category or type.</param>
/// <param name="Right">Right items.</param>
/// <param name="Accuracy">Share of right items.</param>
/// <param name="Wrong">Items stated wrongly.</param>
/// <param name="Unsure">Items left open.</param>
/// <param name="Unanswered">Items whose output is unreadable or that failed.</param>
public sealed record CategorySummary(string Name, int Right, Proportion Accuracy, int Wrong, int Unsure, int Unanswered)
{
    /// <summary>The figures of each group of results, in the order of the groups' names.</summary>
    /// <param name="results">The results.</param>
    /// <param name="name">Name of the group that a result is in.</param>
    internal static IReadOnlyList<CategorySummary> Of(IEnumerable<ItemResult> results, Func<ItemResult, string> name) =>
        [.. results.GroupBy(name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Of)];

    private static CategorySummary Of(IGrouping<string, ItemResult> group) => new(
        group.Key,
        group.Count(result => result.IsRight),
        ClusteredProportion.Of(group.Select(result => (result.Cluster, result.IsRight)))!,
        group.Count(result => result.IsWrongThoughSure),
        group.Count(result => result.Outcome == ItemOutcome.Unsure),
        group.Count(result => result.Outcome is ItemOutcome.Unreadable or ItemOutcome.Failed));
}
