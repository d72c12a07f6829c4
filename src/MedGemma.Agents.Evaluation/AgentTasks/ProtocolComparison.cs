using System.Text.Json.Serialization;

namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>How a value is compared.</summary>
internal enum ProtocolComparison
{
    /// <summary>Less than the bound.</summary>
    [JsonStringEnumMemberName("below")]
    Below,

    /// <summary>More than the bound.</summary>
    [JsonStringEnumMemberName("above")]
    Above,

    /// <summary>Not recorded at all.</summary>
    [JsonStringEnumMemberName("absent")]
    Absent,
}
