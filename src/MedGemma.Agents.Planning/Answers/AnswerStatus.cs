using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>What kind of answer it is.</summary>
public enum AnswerStatus
{
    /// <summary>The claims say what the record holds.</summary>
    [JsonStringEnumMemberName("answered")]
    Answered,

    /// <summary>Nothing is recorded, and the receipt proves that nothing is missing.</summary>
    [JsonStringEnumMemberName("none_recorded")]
    NoneRecorded,

    /// <summary>
    /// Not understood, not supplied or not decidable; the text says what would make it answerable. Claims that there are then say what was supplied, and no more
    /// (<see cref="UnsureReason.IncompleteRecord"/>), or what the coded data proves while something else that was asked for it is open.
    /// </summary>
    [JsonStringEnumMemberName("unsure")]
    Unsure,
}
