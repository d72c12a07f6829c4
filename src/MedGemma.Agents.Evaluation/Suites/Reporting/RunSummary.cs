using MedGemma.Agents.Evaluation.Statistics;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Suites.Reporting;

/// <summary>Every figure of a run; computed from its run file alone.</summary>
/// <param name="Run">The run.</param>
/// <param name="Patients">Patients that the items are about; 0 where there are none.</param>
/// <param name="Score">The suite's score.</param>
/// <param name="Accuracy">Share of right items.</param>
/// <param name="WrongThoughSure">Share stated wrongly.</param>
/// <param name="Unsure">Share left open.</param>
/// <param name="Unanswered">Share whose output is unreadable or that failed.</param>
/// <param name="Categories">By category.</param>
/// <param name="Types">By type.</param>
/// <param name="Floors">What answering without reading reaches.</param>
/// <param name="Evidence">Evidence against gold evidence, pooled; null when no item has gold evidence.</param>
/// <param name="Tokens">Tokens over all items; null when no model was called.</param>
/// <param name="Latency">Time from question to answer; null when nothing was answered.</param>
/// <param name="Problems">Why items are unreadable or failed, with their numbers.</param>
public sealed record RunSummary(
    Run Run,
    int Patients,
    Proportion Score,
    Proportion Accuracy,
    Proportion WrongThoughSure,
    Proportion Unsure,
    Proportion Unanswered,
    IReadOnlyList<CategorySummary> Categories,
    IReadOnlyList<CategorySummary> Types,
    IReadOnlyList<FloorScore> Floors,
    EvidenceCount? Evidence,
    TokenCount? Tokens,
    Latencies? Latency,
    IReadOnlyList<KeyValuePair<string, int>> Problems)
{
    /// <summary>Computes the figures.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="EvaluationRefusedException">The run has no items.</exception>
    public static RunSummary Of(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var results = run.Results;
        if (results.Count == 0)
            throw new EvaluationRefusedException("the run has no items, so nothing was measured");

        return new RunSummary(
            run,
            results.Select(result => result.Patient).OfType<string>().Distinct(StringComparer.Ordinal).Count(),
            Scored(run, result => result.IsRight),
            Share(results, result => result.IsRight),
            Share(results, result => result.IsWrongThoughSure),
            Share(results, result => result.Outcome == ItemOutcome.Unsure),
            Share(results, result => result.Outcome is ItemOutcome.Unreadable or ItemOutcome.Failed),
            CategorySummary.Of(results, result => result.Category),
            CategorySummary.Of(results, result => result.Type),
            [.. results.SelectMany(result => result.Floors).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(floor => new FloorScore(floor, Scored(run, result => result.Floors.Contains(floor))))],
            EvidenceCount.Sum(results.Select(result => result.Evidence).OfType<EvidenceCount>()),
            TokensOf(results),
            Latencies.Of(results.Where(result => result.Outcome != ItemOutcome.Failed).Select(result => result.LatencyMs)),
            [.. results.Where(result => result.Problem is not null).CountBy(result => result.Problem!, StringComparer.Ordinal).OrderByDescending(problem => problem.Value)]);
    }

    /// <summary>What groups an item counts in for the score of a run.</summary>
    internal static string GroupOf(RunConditions conditions, ItemResult result) => conditions.Score == ScoreKind.CategoryMean ? result.Category : string.Empty;

    private static Proportion Scored(Run run, Func<ItemResult, bool> hit) =>
        ClusteredProportion.MeanOfGroups(run.Results.Select(result => (result.Cluster, GroupOf(run.Manifest.Conditions, result), hit(result))))!;

    private static Proportion Share(IEnumerable<ItemResult> results, Func<ItemResult, bool> hit) =>
        ClusteredProportion.Of(results.Select(result => (result.Cluster, hit(result))))!;

    private static TokenCount? TokensOf(IReadOnlyList<ItemResult> results)
    {
        var counts = results.Select(result => result.Tokens).OfType<TokenCount>().ToList();
        return counts.Count == 0 ? null : new TokenCount(counts.Sum(count => count.Input), counts.Sum(count => count.Output), counts.Sum(count => count.Calls));
    }
}
