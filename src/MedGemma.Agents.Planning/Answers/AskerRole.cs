namespace MedGemma.Agents.Planning.Answers;

/// <summary>Who asks a question.</summary>
public enum AskerRole
{
    /// <summary>A clinician: "I" is the clinician.</summary>
    Clinician,

    /// <summary>The patient: "I" is the patient.</summary>
    Patient,

    /// <summary>Not known: "I" is taken for the patient when the question is about a chart.</summary>
    Unknown,
}
