using MathNet.Numerics.Statistics;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Statistics;

/// <summary>
/// Percentile bootstrap of the difference of two runs over the same questions. Whole patients are drawn with replacement, both runs' answers together
/// (C. A. Field, A. H. Welsh, "Bootstrapping clustered data", J. R. Stat. Soc. B 69, 2007, https://doi.org/10.1111/j.1467-9868.2007.00593.x). The numbers
/// drawn are the same for the same questions on every machine.
/// </summary>
internal static class PairedBootstrap
{
    /// <summary>The words that name the method in a report.</summary>
    public const string Method = "95 % intervals of differences: percentile bootstrap of whole patients (10,000 draws), both runs' answers drawn together";

    private const int Draws = 10_000;
    private const ulong Seed = 20_260_115;

    /// <summary>The difference of the mean, over groups, of each group's share of hits.</summary>
    /// <param name="questions">Cluster, group, and whether each run hits, of each question; one group where the plain share is meant.</param>
    /// <returns>Null when there are no questions.</returns>
    public static PairedDifference? MeanOfGroups(IEnumerable<(string Cluster, string Group, bool First, bool Second)> questions)
    {
        // One fixed order, so that the order of the questions changes no digit.
        var all = questions.OrderBy(question => question.Cluster, StringComparer.Ordinal).ThenBy(question => question.Group, StringComparer.Ordinal).ToList();
        if (all.Count == 0)
            return null;

        var groups = all.Select(question => question.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Index().ToDictionary(group => group.Item, group => group.Index, StringComparer.Ordinal);
        var clusters = all.GroupBy(question => question.Cluster, StringComparer.Ordinal)
            .Select(cluster => cluster.GroupBy(question => groups[question.Group])
                .Select(group => (Group: group.Key, Gain: group.Sum(question => (question.Second ? 1 : 0) - (question.First ? 1 : 0)), Size: group.Count())).ToArray())
            .ToArray();
        var draw = new Draw(clusters, groups.Count);
        var estimate = draw.Whole();
        if (clusters.Length == 1)
            return new PairedDifference(estimate, -1, 1, 1, 1);

        var random = new Pcg32(Seed, (ulong)clusters.Length);
        var drawn = Enumerable.Range(0, Draws).Select(_ => draw.Next(random)).Order().ToArray();
        return new PairedDifference(
            estimate,
            Math.Min(estimate, SortedArrayStatistics.Quantile(drawn, 0.025)),
            Math.Max(estimate, SortedArrayStatistics.Quantile(drawn, 0.975)),
            PValue(drawn),
            clusters.Length);
    }

    private static double PValue(double[] drawn)
    {
        // One is added to both counts because the runs as they are belong to the draws: a p-value of 0 cannot be had from finitely many.
        var below = (drawn.Count(difference => difference <= 0) + 1.0) / (Draws + 1);
        var above = (drawn.Count(difference => difference >= 0) + 1.0) / (Draws + 1);
        return Math.Min(1, 2 * Math.Min(below, above));
    }

    private sealed class Draw((int Group, int Gain, int Size)[][] clusters, int groups)
    {
        private readonly int[] _gains = new int[groups];
        private readonly int[] _sizes = new int[groups];

        public double Whole()
        {
            foreach (var cluster in clusters)
                Add(cluster);

            return Mean();
        }

        public double Next(Pcg32 random)
        {
            for (var drawn = 0; drawn < clusters.Length; drawn++)
                Add(clusters[random.Next(clusters.Length)]);

            return Mean();
        }

        private void Add((int Group, int Gain, int Size)[] cluster)
        {
            foreach (var (group, gain, size) in cluster)
            {
                _gains[group] += gain;
                _sizes[group] += size;
            }
        }

        private double Mean()
        {
            // A group of few patients may not be drawn at all; the mean is then over those that were.
            var (sum, present) = (0.0, 0);
            for (var group = 0; group < groups; group++)
            {
                if (_sizes[group] == 0)
                    continue;

                sum += (double)_gains[group] / _sizes[group];
                present++;
            }

            Array.Clear(_gains);
            Array.Clear(_sizes);
            return sum / present;
        }
    }
}
