namespace MedGemma.Agents.Records.Units;

/// <summary>What a measurement in a living person can be.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">UCUM code of the bounds.</param>
/// <param name="Low">Lowest plausible value.</param>
/// <param name="High">Highest plausible value.</param>
/// <param name="Source">What the bounds rest on.</param>
public sealed record PlausibleRange(string Name, string Unit, decimal Low, decimal High, string Source)
{
    /// <summary>Whether a value in <see cref="Unit"/> is plausible.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(decimal value) => value >= Low && value <= High;
}
