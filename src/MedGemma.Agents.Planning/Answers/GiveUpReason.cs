using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>Why a model does not answer; the words of the planner's output schema.</summary>
public enum GiveUpReason
{
    /// <summary>Nothing in the record bears on it.</summary>
    [JsonStringEnumMemberName("not-in-record")]
    NotInRecord,

    /// <summary>The question is not clear.</summary>
    [JsonStringEnumMemberName("unclear")]
    Unclear,

    /// <summary>It asks for advice, a diagnosis or a prognosis.</summary>
    [JsonStringEnumMemberName("needs-judgement")]
    NeedsJudgement,
}
