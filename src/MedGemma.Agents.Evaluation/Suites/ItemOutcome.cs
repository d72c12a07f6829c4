using System.Text.Json.Serialization;

namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>What became of one item of a suite.</summary>
public enum ItemOutcome
{
    /// <summary>Everything that the gold says, and nothing else.</summary>
    [JsonStringEnumMemberName("right")]
    Right,

    /// <summary>Something was stated and it is wrong: wrong though sure.</summary>
    [JsonStringEnumMemberName("wrong")]
    Wrong,

    /// <summary>Left open where the gold is not; counts as not right.</summary>
    [JsonStringEnumMemberName("unsure")]
    Unsure,

    /// <summary>The output holds no answer that can be read; counts as not right.</summary>
    [JsonStringEnumMemberName("unreadable")]
    Unreadable,

    /// <summary>Nothing was answered because something broke (model down, record not there); counts as not right, and is put again when the run is resumed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
