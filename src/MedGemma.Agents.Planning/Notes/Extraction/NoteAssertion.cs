using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>Whether a note says that something is so; the assertion classes of the 2010 i2b2 challenge (doi:10.1136/amiajnl-2011-000203) and what is over or planned.</summary>
public enum NoteAssertion
{
    /// <summary>It is so.</summary>
    [JsonStringEnumMemberName("present")]
    Present,

    /// <summary>It is not so.</summary>
    [JsonStringEnumMemberName("absent")]
    Absent,

    /// <summary>It may be so.</summary>
    [JsonStringEnumMemberName("possible")]
    Possible,

    /// <summary>It was so.</summary>
    [JsonStringEnumMemberName("past")]
    Past,

    /// <summary>It is intended, or would be so under a condition.</summary>
    [JsonStringEnumMemberName("planned")]
    Planned,

    /// <summary>It is so of somebody else.</summary>
    [JsonStringEnumMemberName("of-someone-else")]
    OfSomeoneElse,
}
