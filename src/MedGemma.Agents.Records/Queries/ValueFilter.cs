namespace MedGemma.Agents.Records.Queries;

/// <summary>Keeps the quantities that stand in a relation to a bound, after conversion to its unit.</summary>
/// <param name="Comparison">The relation.</param>
/// <param name="Bound">The bound; ignored for the comparisons that the record itself decides, from <see cref="ValueComparison.Abnormal"/> on.</param>
/// <param name="Unit">UCUM unit of the bounds; null takes the unit that the values are recorded in.</param>
/// <param name="Upper">The upper bound of <see cref="ValueComparison.Between"/> and <see cref="ValueComparison.Outside"/>, not below <paramref name="Bound"/>; null for the others.</param>
public sealed record ValueFilter(ValueComparison Comparison, decimal Bound = 0, string? Unit = null, decimal? Upper = null);
