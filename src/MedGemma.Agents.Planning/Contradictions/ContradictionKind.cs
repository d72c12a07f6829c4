using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>What kind of contradiction it is.</summary>
public enum ContradictionKind
{
    /// <summary>A note says something else than the coded data.</summary>
    [JsonStringEnumMemberName("note-against-record")]
    NoteAgainstRecord,

    /// <summary>A note describes as current what the orders say has ended.</summary>
    [JsonStringEnumMemberName("ended-order-described-as-current")]
    EndedOrderDescribedAsCurrent,

    /// <summary>One thing has several values at one time.</summary>
    [JsonStringEnumMemberName("values-disagree")]
    ValuesDisagree,

    /// <summary>One thing is recorded in units that cannot be brought together.</summary>
    [JsonStringEnumMemberName("incompatible-units")]
    IncompatibleUnits,

    /// <summary>What the patient is recorded as allergic to is ordered.</summary>
    [JsonStringEnumMemberName("allergy-against-order")]
    AllergyAgainstOrder,

    /// <summary>Something is recorded that does not go with the recorded sex.</summary>
    [JsonStringEnumMemberName("sex-implausible")]
    SexImplausible,

    /// <summary>Something is recorded for before the birth or after the death.</summary>
    [JsonStringEnumMemberName("age-implausible")]
    AgeImplausible,
}
