using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>What a claim is true of.</summary>
public enum ClaimScope
{
    /// <summary>The patient's record: what may not have been supplied cannot make it wrong.</summary>
    [JsonStringEnumMemberName("record")]
    Record,

    /// <summary>What was supplied: a type that it hangs on was not completely supplied, and the sentence says so.</summary>
    [JsonStringEnumMemberName("supplied")]
    Supplied,
}
