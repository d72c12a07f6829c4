namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Where an order says which drug it is for.</summary>
internal enum DrugForm
{
    /// <summary>A CodeableConcept.</summary>
    Inline,

    /// <summary>A Medication contained in the order.</summary>
    Contained,

    /// <summary>A Medication resource of its own.</summary>
    Referenced,
}
