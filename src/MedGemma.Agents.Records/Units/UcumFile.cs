using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Units;

/// <summary>Shape of <c>Units/Data/ucum.json</c>.</summary>
/// <param name="Source">Where the values are from.</param>
/// <param name="Prefixes">Powers of ten by prefix.</param>
/// <param name="Atoms">Units without prefix.</param>
/// <param name="Temperatures">Temperature scales.</param>
internal sealed record UcumFile(
    string Source,
    Dictionary<string, int> Prefixes,
    ImmutableArray<UcumFile.AtomRow> Atoms,
    ImmutableArray<UcumFile.TemperatureRow> Temperatures)
{
    /// <summary>One unit: <c>Value / Over * 10^Ten</c> of the base units of <c>Dimension</c>.</summary>
    internal sealed record AtomRow(string Code, string Value, string Dimension, bool Metric = false, string? Over = null, int Ten = 0);

    /// <summary>A temperature scale: one degree is <c>Degree / Over</c> kelvin, its zero lies at <c>Zero / ZeroOver</c> kelvin.</summary>
    internal sealed record TemperatureRow(string Code, string Degree, string Zero, string? Over = null, string? ZeroOver = null);
}
