namespace MedGemma.Agents.Records.Queries;

/// <summary>A statistic over numbers in one unit.</summary>
public enum Statistic
{
    /// <summary>Arithmetic mean.</summary>
    Mean,
    /// <summary>Median; the mean of the middle two for an even number.</summary>
    Median,
    /// <summary>Sum.</summary>
    Sum,
}
