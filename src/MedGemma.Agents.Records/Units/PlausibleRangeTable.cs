using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace MedGemma.Agents.Records.Units;

/// <summary>
/// Plausible ranges by LOINC code, from <c>Units/Data/plausible-ranges.json</c>: a value outside has the wrong unit (36 "degF") or is a slip of the pen. Safe for concurrent use.
/// </summary>
public static class PlausibleRangeTable
{
    private static readonly FrozenDictionary<string, PlausibleRange> Ranges = UnitData.Read<RangeFile>("plausible-ranges.json").Ranges
        .SelectMany(row => row.Loinc.Select(code => KeyValuePair.Create(code, new PlausibleRange(row.Name, row.Unit, Number(row.Low), Number(row.High), row.Source))))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a value cannot be what a living person has, in the unit that it is recorded in.</summary>
    /// <param name="units">Converts the value to the unit of the range.</param>
    /// <param name="loinc">LOINC code of what was measured.</param>
    /// <param name="value">The value.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="range">The range it lies outside of, when the method returns true.</param>
    /// <returns>False also when no range is listed or the unit cannot be converted.</returns>
    public static bool IsImplausible(IUnitConverter units, string loinc, decimal value, string unit, out PlausibleRange? range) =>
        Ranges.TryGetValue(loinc, out range) && units.TryConvert(value, unit, range.Unit, loinc, out var converted) && !range.Contains(converted.Value);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private sealed record RangeFile(string Source, ImmutableArray<RangeRow> Ranges);

    private sealed record RangeRow(string Name, string Unit, string Low, string High, ImmutableArray<string> Loinc, string Source);
}
