namespace MedGemma.Agents.Records.Queries;

/// <summary>Relation of a recorded quantity to a bound.</summary>
public enum ValueComparison
{
    /// <summary>Greater than the bound.</summary>
    Above,
    /// <summary>Greater than or equal to the bound.</summary>
    AtLeast,
    /// <summary>Less than the bound.</summary>
    Below,
    /// <summary>Less than or equal to the bound.</summary>
    AtMost,
    /// <summary>Equal to the bound.</summary>
    Equal,
    /// <summary>From the bound through the upper bound.</summary>
    Between,
    /// <summary>Below the bound or above the upper bound.</summary>
    Outside,
    /// <summary>Outside the record's own reference range, or interpreted as abnormal by the record.</summary>
    Abnormal,
    /// <summary>Inside the record's own reference range, or interpreted as normal by the record.</summary>
    Normal,
    /// <summary>An organism reported as susceptible (code S of <c>http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation</c>).</summary>
    Susceptible,
    /// <summary>An organism reported as resistant (code R).</summary>
    Resistant,
    /// <summary>Above the record's own reference range, or interpreted as high by the record.</summary>
    AboveRange,
    /// <summary>Below the record's own reference range, or interpreted as low by the record.</summary>
    BelowRange,
}
