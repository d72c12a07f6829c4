using System.Text.Json.Serialization;

namespace MedGemma.Agents.Planning.Notes;

/// <summary>The part of a note that a passage stands in: a closed vocabulary, whatever the heading says.</summary>
public enum NoteSection
{
    /// <summary>Before any heading, or under one that is not known.</summary>
    [JsonStringEnumMemberName("other")]
    Other = 0,

    /// <summary>Chief complaint, reason for visit.</summary>
    [JsonStringEnumMemberName("chief-complaint")]
    ChiefComplaint,

    /// <summary>History of present illness, interval history.</summary>
    [JsonStringEnumMemberName("present-illness")]
    PresentIllness,

    /// <summary>Past medical and surgical history, problem list.</summary>
    [JsonStringEnumMemberName("past-history")]
    PastHistory,

    /// <summary>Medications, on admission or current.</summary>
    [JsonStringEnumMemberName("medications")]
    Medications,

    /// <summary>Medications at discharge.</summary>
    [JsonStringEnumMemberName("discharge-medications")]
    DischargeMedications,

    /// <summary>Allergies.</summary>
    [JsonStringEnumMemberName("allergies")]
    Allergies,

    /// <summary>Family history.</summary>
    [JsonStringEnumMemberName("family-history")]
    FamilyHistory,

    /// <summary>Social history.</summary>
    [JsonStringEnumMemberName("social-history")]
    SocialHistory,

    /// <summary>Review of systems.</summary>
    [JsonStringEnumMemberName("review-of-systems")]
    ReviewOfSystems,

    /// <summary>Physical examination, vital signs.</summary>
    [JsonStringEnumMemberName("examination")]
    Examination,

    /// <summary>Results of the laboratory and of studies.</summary>
    [JsonStringEnumMemberName("results")]
    Results,

    /// <summary>Findings and impression of a report.</summary>
    [JsonStringEnumMemberName("impression")]
    Impression,

    /// <summary>Procedures and operations.</summary>
    [JsonStringEnumMemberName("procedures")]
    Procedures,

    /// <summary>Hospital course.</summary>
    [JsonStringEnumMemberName("hospital-course")]
    HospitalCourse,

    /// <summary>Assessment, diagnoses.</summary>
    [JsonStringEnumMemberName("assessment")]
    Assessment,

    /// <summary>Plan, recommendations, follow-up, discharge instructions.</summary>
    [JsonStringEnumMemberName("plan")]
    Plan,
}
