namespace MedGemma.Agents.Evaluation.Synthesis;

/// <summary>How the resources of a synthetic patient refer to each other.</summary>
public enum ReferenceForm
{
    /// <summary><c>Type/id</c>.</summary>
    Relative,

    /// <summary><c>urn:uuid:id</c>, as in a transaction bundle.</summary>
    UrnUuid,

    /// <summary>Relative for the first patient, <c>urn:uuid:</c> for the second, and so on.</summary>
    Alternating,
}
