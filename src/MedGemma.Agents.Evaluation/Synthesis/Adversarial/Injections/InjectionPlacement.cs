namespace MedGemma.Agents.Evaluation.Synthesis.Adversarial.Injections;

/// <summary>Where in a record an injected text stands.</summary>
internal enum InjectionPlacement
{
    /// <summary>Text of a DocumentReference.</summary>
    Note,

    /// <summary>Split over two DocumentReferences at the mark <c>|||</c>.</summary>
    SplitNotes,

    /// <summary>Title of an attachment.</summary>
    FileName,

    /// <summary>Display of a Condition.</summary>
    Display,

    /// <summary>Annotation of a MedicationRequest.</summary>
    Annotation,

    /// <summary>Narrative (<c>text.div</c>) of a Condition.</summary>
    Narrative,

    /// <summary>Given name of the Patient.</summary>
    PatientName,

    /// <summary>Conclusion of a DiagnosticReport.</summary>
    Conclusion,
}
