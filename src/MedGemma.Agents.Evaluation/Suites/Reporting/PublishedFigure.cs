namespace MedGemma.Agents.Evaluation.Suites.Reporting;

/// <summary>A published result of a model, to stand beside a run; nothing that was measured here.</summary>
/// <param name="Model">The model.</param>
/// <param name="Percent">The figure in percent.</param>
public sealed record PublishedFigure(string Model, decimal Percent);
