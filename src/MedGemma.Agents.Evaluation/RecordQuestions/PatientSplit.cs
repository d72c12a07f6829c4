namespace MedGemma.Agents.Evaluation.RecordQuestions;

/// <summary>What a synthetic patient of the record suite is for; no patient is in two.</summary>
public enum PatientSplit
{
    /// <summary>For development and fine-tuning, asked in the wordings for development.</summary>
    Training,

    /// <summary>For choosing among candidates: other patients, the wordings for development.</summary>
    Validation,

    /// <summary>For the figure that is reported: other patients again, and wordings that neither of the others uses.</summary>
    Test,
}
