namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Sodium corrected for glucose: 1.6 mmol/L for each 100 mg/dL above 100.</summary>
internal sealed class CorrectedSodium : ClinicalFormula
{
    public override FormulaName Name => FormulaName.CorrectedSodium;

    public override string Title => "Glucose-corrected sodium";

    public override string Unit => "mmol/L";

    public override string Source => "Katz 1973, doi:10.1056/NEJM197310182891607.";

    public override string Validity => "For a raised glucose, of one draw; above 400 mg/dL a factor of 2.4 fits better (Hillier 1999, doi:10.1016/S0002-9343(99)00055-8).";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Sodium(7), CommonInputs.Glucose(7)];

    public override TimeSpan? Together => TimeSpan.FromHours(2);

    public override FormulaOutcome Compute(FormulaValues values) => values["glucose"] <= 100
        ? NotValid("the glucose is not above 100 mg/dL, so there is nothing to correct")
        : Result(values["sodium"] + (1.6m * (values["glucose"] - 100) / 100), 1);
}
