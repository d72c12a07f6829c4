using System.Text.Json.Serialization;

namespace MedGemma.Agents.Records.Formulas;

/// <summary>The clinical formulas; each is a type of this folder with its source and the limits of its validity.</summary>
public enum FormulaName
{
    /// <summary>Age in completed years.</summary>
    [JsonStringEnumMemberName("age")]
    Age,
    /// <summary>Body mass index.</summary>
    [JsonStringEnumMemberName("bmi")]
    BodyMassIndex,
    /// <summary>Body surface area after Mosteller.</summary>
    [JsonStringEnumMemberName("bsa-mosteller")]
    BodySurfaceArea,
    /// <summary>Estimated glomerular filtration rate, CKD-EPI 2021, creatinine.</summary>
    [JsonStringEnumMemberName("egfr-ckd-epi-2021")]
    EstimatedGlomerularFiltrationRate,
    /// <summary>Creatinine clearance after Cockcroft and Gault.</summary>
    [JsonStringEnumMemberName("cockcroft-gault")]
    CockcroftGault,
    /// <summary>Model for end-stage liver disease, version 3.0.</summary>
    [JsonStringEnumMemberName("meld-3.0")]
    Meld3,
    /// <summary>Model for end-stage liver disease with sodium (2016).</summary>
    [JsonStringEnumMemberName("meld-na")]
    MeldSodium,
    /// <summary>Child-Pugh score.</summary>
    [JsonStringEnumMemberName("child-pugh")]
    ChildPugh,
    /// <summary>FIB-4 index of liver fibrosis.</summary>
    [JsonStringEnumMemberName("fib-4")]
    Fibrosis4,
    /// <summary>CHA2DS2-VASc.</summary>
    [JsonStringEnumMemberName("cha2ds2-vasc")]
    StrokeRisk,
    /// <summary>HAS-BLED.</summary>
    [JsonStringEnumMemberName("has-bled")]
    BleedingRisk,
    /// <summary>Anion gap without potassium.</summary>
    [JsonStringEnumMemberName("anion-gap")]
    AnionGap,
    /// <summary>Anion gap corrected for albumin.</summary>
    [JsonStringEnumMemberName("albumin-corrected-anion-gap")]
    AlbuminCorrectedAnionGap,
    /// <summary>Calcium corrected for albumin.</summary>
    [JsonStringEnumMemberName("corrected-calcium")]
    CorrectedCalcium,
    /// <summary>Sodium corrected for glucose.</summary>
    [JsonStringEnumMemberName("corrected-sodium")]
    CorrectedSodium,
    /// <summary>Calculated serum osmolality.</summary>
    [JsonStringEnumMemberName("serum-osmolality")]
    SerumOsmolality,
    /// <summary>Fractional excretion of sodium.</summary>
    [JsonStringEnumMemberName("fena")]
    FractionalSodiumExcretion,
    /// <summary>LDL cholesterol after Friedewald.</summary>
    [JsonStringEnumMemberName("ldl-friedewald")]
    LdlFriedewald,
    /// <summary>Mean arterial pressure.</summary>
    [JsonStringEnumMemberName("mean-arterial-pressure")]
    MeanArterialPressure,
    /// <summary>Alveolar-arterial gradient of oxygen.</summary>
    [JsonStringEnumMemberName("a-a-gradient")]
    AlveolarArterialGradient,
    /// <summary>QT interval corrected after Bazett.</summary>
    [JsonStringEnumMemberName("qtc-bazett")]
    QtcBazett,
    /// <summary>QT interval corrected after Fridericia.</summary>
    [JsonStringEnumMemberName("qtc-fridericia")]
    QtcFridericia,
    /// <summary>National Early Warning Score 2.</summary>
    [JsonStringEnumMemberName("news2")]
    News2,
    /// <summary>Quick SOFA.</summary>
    [JsonStringEnumMemberName("qsofa")]
    QuickSofa,
}
