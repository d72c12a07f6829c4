using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>One number of a series.</summary>
/// <param name="Finding">What it was read from.</param>
/// <param name="Source">Where it stands, as recorded.</param>
/// <param name="Number">The number in the unit of the series.</param>
/// <param name="IsConverted">Whether <paramref name="Number"/> was brought to another unit.</param>
internal sealed record SeriesPoint(Finding Finding, ElementValue Source, decimal Number, bool IsConverted);
