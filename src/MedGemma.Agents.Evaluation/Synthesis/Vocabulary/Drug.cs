namespace MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

/// <summary>A drug: RxNorm code and display, how it is asked for, its usual dose.</summary>
internal sealed record Drug(string Key, string RxNorm, string Display, decimal Dose, string DoseUnit, string RouteCode, string Route, params string[] Asked);
