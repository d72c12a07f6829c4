using System.Text.Json.Serialization;

namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>How far the references that an answer names are those of the gold.</summary>
/// <param name="Shared">References that both name.</param>
/// <param name="Named">References that the answer names.</param>
/// <param name="Gold">References that the gold names.</param>
public sealed record EvidenceCount(int Shared, int Named, int Gold)
{
    /// <summary>Share of the named references that are gold; null when none was named.</summary>
    [JsonIgnore]
    public double? Precision => Named == 0 ? null : (double)Shared / Named;

    /// <summary>Share of the gold references that were named; null when the gold names none.</summary>
    [JsonIgnore]
    public double? Recall => Gold == 0 ? null : (double)Shared / Gold;

    /// <summary>Compares references.</summary>
    /// <param name="named">Those that the answer names, <c>Type/id</c>.</param>
    /// <param name="gold">Those of the gold.</param>
    public static EvidenceCount Of(IEnumerable<string> named, IEnumerable<string> gold)
    {
        var asked = gold.ToHashSet(StringComparer.Ordinal);
        var said = named.ToHashSet(StringComparer.Ordinal);
        return new EvidenceCount(said.Count(asked.Contains), said.Count, asked.Count);
    }

    /// <summary>Pooled over items.</summary>
    /// <param name="counts">The items' counts.</param>
    /// <returns>Null when there are none.</returns>
    public static EvidenceCount? Sum(IEnumerable<EvidenceCount> counts)
    {
        var all = counts.ToList();
        return all.Count == 0 ? null : new EvidenceCount(all.Sum(count => count.Shared), all.Sum(count => count.Named), all.Sum(count => count.Gold));
    }
}
