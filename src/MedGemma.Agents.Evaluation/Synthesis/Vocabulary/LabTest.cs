namespace MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

/// <summary>A measurement: its LOINC code, its unit and the reference range of this laboratory.</summary>
internal sealed record LabTest(
    string Key, string Loinc, string Display, string Unit, decimal? Low, decimal? High, int Decimals, string Category, params string[] Asked);
