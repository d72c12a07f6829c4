namespace MedGemma.Agents.Records.Queries;

/// <summary>Keeps the quantities that stand in a relation to a bound, after conversion to its unit.</summary>
/// <param name="Comparison">The relation.</param>
/// <param name="Bound">The bound; ignored for the comparisons that the record itself decides, from <see cref="ValueComparison.Abnormal"/> on.</param>
/// <param name="Unit">UCUM unit of the bound; null takes the unit that the values are recorded in.</param>
public sealed record ValueFilter(ValueComparison Comparison, decimal Bound = 0, string? Unit = null);
