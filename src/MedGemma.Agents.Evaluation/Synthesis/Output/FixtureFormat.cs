namespace MedGemma.Agents.Evaluation.Synthesis.Output;

/// <summary>How a synthetic patient is written.</summary>
public enum FixtureFormat
{
    /// <summary>One transaction Bundle a patient, references as <c>urn:uuid:</c>.</summary>
    Bundle,

    /// <summary>One NDJSON file a patient, relative references.</summary>
    Ndjson,

    /// <summary>NDJSON and Bundle in turn.</summary>
    Alternating,
}
