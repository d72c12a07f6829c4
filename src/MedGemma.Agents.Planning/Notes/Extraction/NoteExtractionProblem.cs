using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>Why an extraction gave nothing; none of them says anything of the notes.</summary>
public enum NoteExtractionProblem
{
    /// <summary>The reply is not JSON of the schema.</summary>
    [JsonStringEnumMemberName("malformed-reply")]
    MalformedReply,

    /// <summary>The reply was cut off at the limit of its length.</summary>
    [JsonStringEnumMemberName("cut-off")]
    CutOff,

    /// <summary>The model could not be reached or refused.</summary>
    [JsonStringEnumMemberName("model-failed")]
    ModelFailed,
}
