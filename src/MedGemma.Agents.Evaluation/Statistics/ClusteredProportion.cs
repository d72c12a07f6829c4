using MathNet.Numerics.Distributions;

namespace MedGemma.Agents.Evaluation.Statistics;

/// <summary>
/// Proportions of questions that come in clusters (the questions about one patient share that patient's record, so they err together).
/// The variance is the Taylor-linearised one of a ratio estimator between clusters; the interval is Wilson's on the effective sample
/// size that this variance amounts to, with Student's t at clusters - 1 degrees of freedom
/// (N. Dean, M. Pagano, "Evaluating confidence interval methods for binomial proportions in clustered surveys",
/// J. Surv. Stat. Methodol. 3, 2015, https://doi.org/10.1093/jssam/smv024). It needs no random numbers, never leaves 0 to 1, and
/// does not shrink to nothing at 0 or 1.
/// </summary>
internal static class ClusteredProportion
{
    /// <summary>The words that name the method in a report.</summary>
    public const string Method =
        "95 % intervals clustered by patient: Taylor-linearised variance of the ratio estimator, Wilson interval on the effective sample size";

    /// <summary>The share of hits among all questions.</summary>
    /// <param name="questions">Cluster and hit of each question.</param>
    /// <returns>Null when there are no questions.</returns>
    public static Proportion? Of(IEnumerable<(string Cluster, bool Hit)> questions) =>
        MeanOfGroups(questions.Select(question => (question.Cluster, Group: string.Empty, question.Hit)));

    /// <summary>The mean, over groups, of each group's share of hits.</summary>
    /// <param name="questions">Cluster, group and hit of each question.</param>
    /// <returns>Null when there are no questions.</returns>
    public static Proportion? MeanOfGroups(IEnumerable<(string Cluster, string Group, bool Hit)> questions)
    {
        // Sums are taken in one fixed order, so that the order of the questions changes no digit.
        var all = questions.OrderBy(question => question.Group, StringComparer.Ordinal)
            .ThenBy(question => question.Cluster, StringComparer.Ordinal)
            .ThenBy(question => question.Hit)
            .ToList();
        if (all.Count == 0)
            return null;

        var groups = all.GroupBy(question => question.Group, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (Size: group.Count(), Share: group.Count(question => question.Hit) / (double)group.Count()), StringComparer.Ordinal);
        var estimate = groups.OrderBy(group => group.Key, StringComparer.Ordinal).Average(group => group.Value.Share);
        var residuals = all.GroupBy(question => question.Cluster, StringComparer.Ordinal)
            .OrderBy(cluster => cluster.Key, StringComparer.Ordinal)
            .Select(cluster => cluster.Sum(question =>
                ((question.Hit ? 1 : 0) - groups[question.Group].Share) / groups[question.Group].Size / groups.Count))
            .ToList();
        return Interval(estimate, residuals, all.Count);
    }

    private static Proportion Interval(double estimate, List<double> residuals, int questions)
    {
        var clusters = residuals.Count;
        if (clusters == 1)
            return new Proportion(estimate, 0, 1, questions, clusters);

        var variance = residuals.Sum(residual => residual * residual) * clusters / (clusters - 1);
        var simple = estimate * (1 - estimate);
        // Clusters are never taken to add information: the effective size is at most the number of questions.
        var size = variance > 0 && simple > 0 ? Math.Min(questions, simple / variance) : questions;
        var t = StudentT.InvCDF(0, 1, clusters - 1, 0.975);
        var shrink = 1 + (t * t / size);
        var centre = (estimate + (t * t / (2 * size))) / shrink;
        var half = t / shrink * Math.Sqrt((simple / size) + (t * t / (4 * size * size)));
        return new Proportion(
            estimate,
            Math.Clamp(centre - half, 0, estimate),
            Math.Clamp(centre + half, estimate, 1),
            questions,
            clusters);
    }
}
