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

    /// <summary>Annotation of a reaction in an AllergyIntolerance that was refuted.</summary>
    ReactionNote,

    /// <summary>Narrative (<c>text.div</c>) of a Condition that says more than the coded data.</summary>
    Narrative,

    /// <summary>Narrative of a section within a section of a Composition.</summary>
    SectionNarrative,

    /// <summary>Content of a Communication.</summary>
    Message,

    /// <summary>Body of an HTML DocumentReference; the text is markup.</summary>
    Html,

    /// <summary>Page of a PDF DocumentReference.</summary>
    Pdf,

    /// <summary>Narrative block of a CDA DocumentReference.</summary>
    Cda,

    /// <summary>Given name of the Patient.</summary>
    PatientName,

    /// <summary>Conclusion of a DiagnosticReport.</summary>
    Conclusion,

    /// <summary>Result in words (<c>valueString</c>) of an Observation.</summary>
    ResultText,

    /// <summary>Unit of a result of another test.</summary>
    Unit,

    /// <summary>Name of the drug in an order that was stopped.</summary>
    DrugName,

    /// <summary>Dosage text of an order that was stopped.</summary>
    DosageText,

    /// <summary>Name of the substance in an AllergyIntolerance that was refuted.</summary>
    AllergenName,

    /// <summary>Reason of an Encounter.</summary>
    VisitReason,

    /// <summary>Name of a person who took part in an Encounter.</summary>
    PersonName,

    /// <summary>Answer in a QuestionnaireResponse.</summary>
    FormAnswer,

    /// <summary>Description of a Goal.</summary>
    GoalText,

    /// <summary>Address of an attachment whose content is elsewhere.</summary>
    AttachmentUrl,

    /// <summary>Text of an extension of an Observation.</summary>
    ExtensionText,
}
