namespace MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

/// <summary>A disease or finding: SNOMED CT and ICD-10-CM codes, how it is asked for.</summary>
internal sealed record Problem(string Key, string Snomed, string Display, string? Icd10, string? Icd10Display, params string[] Asked);
