namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Fractional excretion of sodium from urine and serum.</summary>
internal sealed class FractionalSodiumExcretion : ClinicalFormula
{
    public override FormulaName Name => FormulaName.FractionalSodiumExcretion;

    public override string Title => "FENa";

    public override string Unit => "%";

    public override string Source => "Espinel, JAMA 1976;236:579-581.";

    public override string Validity => "Of one time; diuretics raise it.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Laboratory("urine sodium", "mmol/L", 7, 1, 400),
        CommonInputs.Laboratory("urine creatinine", "mg/dL", 7, 1, 1000),
        CommonInputs.Sodium(7),
        CommonInputs.Creatinine(7),
    ];

    public override TimeSpan? Together => TimeSpan.FromHours(24);

    public override FormulaOutcome Compute(FormulaValues values) =>
        Result(100 * values["urine sodium"] * values["creatinine"] / (values["sodium"] * values["urine creatinine"]), 2);
}
