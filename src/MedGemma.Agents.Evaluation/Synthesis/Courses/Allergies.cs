namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>What the chart says of allergies.</summary>
internal enum Allergies
{
    /// <summary>Two allergies.</summary>
    Listed,

    /// <summary>A coded "no known allergy".</summary>
    NoneKnown,

    /// <summary>No resource at all.</summary>
    NothingRecorded,
}
