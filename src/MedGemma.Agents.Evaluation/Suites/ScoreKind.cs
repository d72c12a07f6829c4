using System.Text.Json.Serialization;

namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>Which figure is a suite's score.</summary>
public enum ScoreKind
{
    /// <summary>The share of right items.</summary>
    [JsonStringEnumMemberName("accuracy")]
    Accuracy,

    /// <summary>The mean, over categories, of each category's share of right items.</summary>
    [JsonStringEnumMemberName("category_mean")]
    CategoryMean,
}
