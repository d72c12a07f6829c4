using MedGemma.Agents.Evaluation.Statistics;
using MedGemma.Agents.Evaluation.Suites.Reporting;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Suites.Comparing;

/// <summary>Two runs over the same items, paired.</summary>
/// <param name="First">The first run, what is compared with.</param>
/// <param name="Second">The second run, what is judged.</param>
/// <param name="Score">How much higher the second run's score is.</param>
/// <param name="WrongThoughSure">How much more the second run states wrongly.</param>
/// <param name="Test">McNemar's exact test of right and not right.</param>
/// <param name="Gained">Items that only the second run answers rightly.</param>
/// <param name="Lost">Items that only the first run answers rightly.</param>
/// <param name="Shifted">Items that neither answers rightly, with another outcome.</param>
public sealed record RunComparison(
    RunSummary First,
    RunSummary Second,
    PairedDifference Score,
    PairedDifference WrongThoughSure,
    McNemar Test,
    IReadOnlyList<ChangedItem> Gained,
    IReadOnlyList<ChangedItem> Lost,
    IReadOnlyList<ChangedItem> Shifted)
{
    /// <summary>Pairs two runs.</summary>
    /// <param name="first">What is compared with.</param>
    /// <param name="second">What is judged.</param>
    /// <exception cref="EvaluationRefusedException">They were not made on the same questions and data under the same conditions, or one has no items.</exception>
    public static RunComparison Of(Run first, Run second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var misfits = RunFit.Misfits(first.Manifest, second.Manifest);
        if (misfits.Count > 0)
            throw new EvaluationRefusedException($"the two runs do not fit: they differ in {string.Join(", ", misfits)}");

        var others = second.Results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        if (first.Results.FirstOrDefault(result => !others.ContainsKey(result.Id)) is not null)
            throw new EvaluationRefusedException("the two runs do not fit: they hold other items");

        var pairs = first.Results.Select(result => new ChangedItem(result, others[result.Id])).ToList();
        var changed = pairs.Where(pair => pair.First.Outcome != pair.Second.Outcome).ToList();
        return new RunComparison(
            RunSummary.Of(first),
            RunSummary.Of(second),
            Difference(pairs, first.Manifest.Conditions, result => result.IsRight),
            Difference(pairs, null, result => result.IsWrongThoughSure),
            McNemar.Of(pairs.Select(pair => (pair.First.IsRight, pair.Second.IsRight))),
            [.. changed.Where(pair => pair.Second.IsRight)],
            [.. changed.Where(pair => pair.First.IsRight)],
            [.. changed.Where(pair => !pair.First.IsRight && !pair.Second.IsRight)]);
    }

    private static PairedDifference Difference(List<ChangedItem> pairs, RunConditions? conditions, Func<ItemResult, bool> hit) =>
        PairedBootstrap.MeanOfGroups(pairs.Select(pair => (
            pair.First.Cluster, conditions is null ? string.Empty : RunSummary.GroupOf(conditions, pair.First), hit(pair.First), hit(pair.Second))))!;
}
