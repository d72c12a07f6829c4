namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Calculated osmolality: twice the sodium, glucose over 18, urea nitrogen over 2.8.</summary>
internal sealed class SerumOsmolality : ClinicalFormula
{
    public override FormulaName Name => FormulaName.SerumOsmolality;

    public override string Title => "Calculated serum osmolality";

    public override string Unit => "mosm/kg";

    public override string Source => "Dorwart and Chalmers 1975, doi:10.1093/clinchem/21.2.190, in the simplified form 2 Na + glucose/18 + urea nitrogen/2.8.";

    public override string Validity => "Of one draw; ethanol and other osmoles are not counted.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Sodium(7),
        CommonInputs.Glucose(7),
        CommonInputs.Laboratory("urea nitrogen", "mg/dL", 7, 0.5m, 400),
    ];

    public override TimeSpan? Together => TimeSpan.FromHours(6);

    public override FormulaOutcome Compute(FormulaValues values) =>
        Result((2 * values["sodium"]) + (values["glucose"] / 18) + (values["urea nitrogen"] / 2.8m), 0);
}
