using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>Why a finding that a model wrote is not taken.</summary>
public enum FindingRefusal
{
    /// <summary>The passage that it names was not given to the model.</summary>
    [JsonStringEnumMemberName("unknown-passage")]
    UnknownPassage,

    /// <summary>Its quote does not stand in the passage.</summary>
    [JsonStringEnumMemberName("not-a-quote")]
    NotAQuote,

    /// <summary>Its quote is too short or too long to be one.</summary>
    [JsonStringEnumMemberName("quote-length")]
    QuoteLength,

    /// <summary>It calls present what the sentence around its quote denies.</summary>
    [JsonStringEnumMemberName("denied-there")]
    DeniedThere,

    /// <summary>It says again what an earlier one said.</summary>
    [JsonStringEnumMemberName("repeated")]
    Repeated,

    /// <summary>There were more than are taken.</summary>
    [JsonStringEnumMemberName("too-many")]
    TooMany,
}
