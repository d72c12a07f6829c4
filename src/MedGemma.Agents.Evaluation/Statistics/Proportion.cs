namespace MedGemma.Agents.Evaluation.Statistics;

/// <summary>A share of questions with its 95 % interval.</summary>
/// <param name="Estimate">The share, 0 to 1.</param>
/// <param name="Lower">Lower bound, 0 to the estimate.</param>
/// <param name="Upper">Upper bound, the estimate to 1.</param>
/// <param name="Questions">Questions that it is taken over.</param>
/// <param name="Clusters">Patients that they are about.</param>
public sealed record Proportion(double Estimate, double Lower, double Upper, int Questions, int Clusters);
