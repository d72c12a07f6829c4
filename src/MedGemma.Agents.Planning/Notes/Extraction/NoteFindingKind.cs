using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>What a finding of a note is about; closed.</summary>
public enum NoteFindingKind
{
    /// <summary>A disease or diagnosis.</summary>
    [JsonStringEnumMemberName("condition")]
    Condition,

    /// <summary>A symptom or sign.</summary>
    [JsonStringEnumMemberName("symptom")]
    Symptom,

    /// <summary>A drug.</summary>
    [JsonStringEnumMemberName("medication")]
    Medication,

    /// <summary>An allergy or intolerance.</summary>
    [JsonStringEnumMemberName("allergy")]
    Allergy,

    /// <summary>A procedure or operation.</summary>
    [JsonStringEnumMemberName("procedure")]
    Procedure,

    /// <summary>A measurement or test result.</summary>
    [JsonStringEnumMemberName("measurement")]
    Measurement,

    /// <summary>What an image showed.</summary>
    [JsonStringEnumMemberName("imaging")]
    Imaging,

    /// <summary>Smoking, alcohol, occupation, living situation.</summary>
    [JsonStringEnumMemberName("social-history")]
    SocialHistory,

    /// <summary>An illness of a relative.</summary>
    [JsonStringEnumMemberName("family-history")]
    FamilyHistory,

    /// <summary>What is planned or advised.</summary>
    [JsonStringEnumMemberName("plan")]
    Plan,

    /// <summary>Anything else.</summary>
    [JsonStringEnumMemberName("other")]
    Other,
}
