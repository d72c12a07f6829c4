namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Total calcium corrected for albumin: 0.8 mg/dL for each g/dL below 4.</summary>
internal sealed class CorrectedCalcium : ClinicalFormula
{
    public override FormulaName Name => FormulaName.CorrectedCalcium;

    public override string Title => "Albumin-corrected calcium";

    public override string Unit => "mg/dL";

    public override string Source => "Payne et al. 1973, doi:10.1136/bmj.4.5893.643.";

    public override string Validity => "Of one draw; unreliable in critical illness and kidney failure, where ionised calcium is measured.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Laboratory("calcium", "mg/dL", 30, 2, 25),
        CommonInputs.Albumin(30),
    ];

    public override TimeSpan? Together => TimeSpan.FromHours(24);

    public override FormulaOutcome Compute(FormulaValues values) => Result(values["calcium"] + (0.8m * (4.0m - values["albumin"])), 1);
}
