using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>What the verifier found of a claim.</summary>
public enum Verdict
{
    /// <summary>Every number, unit, date, name, status, comparator and superlative is borne out by the evidence.</summary>
    [JsonStringEnumMemberName("supported")]
    Supported,

    /// <summary>Something in the sentence is not borne out; the claim is not shown as fact.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
