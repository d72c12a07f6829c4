namespace MedGemma.Agents.Records.Units;

/// <summary>
/// Converts by UCUM (<see href="https://ucum.org/ucum"/>), and for a known LOINC code between mass, moles and equivalents, by exact fractions rounded once at the end.
/// Safe for concurrent use.
/// </summary>
public sealed class UnitConverter : IUnitConverter
{
    private readonly UnitSpellings _spellings = new(new UcumParser(UcumTable.Load()));
    private readonly SubstanceTable _substances = SubstanceTable.Load();

    /// <inheritdoc/>
    public bool TryConvert(decimal value, string fromUnit, string toUnit, string? loinc, out Conversion conversion)
    {
        conversion = default;
        if (string.Equals(fromUnit, toUnit, StringComparison.Ordinal))
        {
            conversion = new Conversion(value, toUnit, null);
            return true;
        }

        if (_spellings.Read(fromUnit) is not { } from || _spellings.Read(toUnit) is not { } to)
            return false;

        return (TryWithinDimension(value, from, to, out var result, out var factor)
                || (loinc is not null && _substances.TryConvert(Rational.Of(value), from, to, loinc, out result, out factor)))
            && Finish(result, toUnit, factor, out conversion);
    }

    /// <inheritdoc/>
    public bool IsKnown(string unit) => _spellings.Read(unit) is not null;

    /// <summary>Tells whether two spellings mean the same unit: "mg/dl" and "mg/dL", "mm Hg" and "mm[Hg]".</summary>
    /// <param name="first">A unit.</param>
    /// <param name="second">Another.</param>
    public bool AreSame(string first, string second) =>
        string.Equals(first, second, StringComparison.Ordinal)
        || (_spellings.Read(first) is { } left
            && _spellings.Read(second) is { } right
            && left.Dimension.Equals(right.Dimension)
            && left.HasMolarRatio == right.HasMolarRatio
            && left.Factor.Equals(right.Factor)
            && left.Offset.Equals(right.Offset));

    private static bool TryWithinDimension(decimal value, UcumUnit from, UcumUnit to, out Rational result, out string? factor)
    {
        result = default;
        factor = null;
        if (!from.Dimension.Equals(to.Dimension) || from.HasMolarRatio != to.HasMolarRatio)
            return false;

        var ratio = from.Factor / to.Factor;
        var shift = (from.Offset - to.Offset) / to.Factor;
        result = (Rational.Of(value) * ratio) + shift;
        if (!shift.Numerator.IsZero)
            factor = $"× {ratio} {(shift.Numerator.Sign > 0 ? "+" : "−")} {(shift.Numerator.Sign > 0 ? shift : Rational.Of(0, 1) - shift)}";
        else if (!ratio.Equals(Rational.One))
            factor = $"× {ratio}";

        return true;
    }

    private static bool Finish(Rational result, string unit, string? factor, out Conversion conversion)
    {
        var fits = result.TryToDecimal(out var value);
        conversion = fits ? new Conversion(value, unit, factor) : default;
        return fits;
    }
}
