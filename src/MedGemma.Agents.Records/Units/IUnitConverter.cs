namespace MedGemma.Agents.Records.Units;

/// <summary>Converts quantities between units. Safe for concurrent use.</summary>
public interface IUnitConverter
{
    /// <summary>Converts a value, when the two units measure the same thing.</summary>
    /// <param name="value">The value in <paramref name="fromUnit"/>.</param>
    /// <param name="fromUnit">UCUM code or a common spelling of it ("mg/dl", "K/uL", "mm Hg").</param>
    /// <param name="toUnit">UCUM code or a common spelling of it.</param>
    /// <param name="loinc">LOINC code of what was measured, which allows conversions between mass and substance; or null.</param>
    /// <param name="conversion">The converted value, when the method returns true.</param>
    /// <returns>False when a unit is not understood or the units are incompatible for what was measured.</returns>
    bool TryConvert(decimal value, string fromUnit, string toUnit, string? loinc, out Conversion conversion);

    /// <summary>Tells whether a unit is understood at all.</summary>
    /// <param name="unit">UCUM code or a common spelling.</param>
    bool IsKnown(string unit);
}
