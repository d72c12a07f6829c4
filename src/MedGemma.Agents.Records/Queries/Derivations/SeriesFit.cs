namespace MedGemma.Agents.Records.Queries.Derivations;

/// <summary>What a least-squares line says of a series.</summary>
/// <param name="Direction"><c>rising</c> or <c>falling</c> when the fitted change over the whole series exceeds twice the standard deviation around the line, else <c>steady</c>.</param>
/// <param name="SlopePerDay">Slope a day, to six significant digits.</param>
internal sealed record SeriesFit(string Direction, decimal SlopePerDay);
