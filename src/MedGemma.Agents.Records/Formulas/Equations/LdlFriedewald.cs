namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>LDL cholesterol after Friedewald: total less HDL less a fifth of the triglycerides.</summary>
internal sealed class LdlFriedewald : ClinicalFormula
{
    public override FormulaName Name => FormulaName.LdlFriedewald;

    public override string Title => "LDL cholesterol (Friedewald)";

    public override string Unit => "mg/dL";

    public override string Source => "Friedewald, Levy and Fredrickson 1972, doi:10.1093/clinchem/18.6.499.";

    public override string Validity => "For triglycerides below 400 mg/dL, fasting, of one draw.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Laboratory("total cholesterol", "mg/dL", 365, 20, 1500),
        CommonInputs.Laboratory("HDL cholesterol", "mg/dL", 365, 1, 300),
        CommonInputs.Laboratory("triglycerides", "mg/dL", 365, 5, 15_000),
    ];

    public override TimeSpan? Together => TimeSpan.FromHours(24);

    public override FormulaOutcome Compute(FormulaValues values) => values["triglycerides"] >= 400
        ? NotValid("triglycerides are at or above 400 mg/dL")
        : Result(values["total cholesterol"] - values["HDL cholesterol"] - (values["triglycerides"] / 5), 0);
}
