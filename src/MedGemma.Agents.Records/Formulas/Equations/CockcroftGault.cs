namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Creatinine clearance after Cockcroft and Gault, with the recorded weight.</summary>
internal sealed class CockcroftGault : ClinicalFormula
{
    public override FormulaName Name => FormulaName.CockcroftGault;

    public override string Title => "Creatinine clearance (Cockcroft-Gault)";

    public override string Unit => "mL/min";

    public override string Source => "Cockcroft and Gault 1976, doi:10.1159/000180580.";

    public override string Validity => "For adults with stable creatinine; the recorded weight is used, neither ideal nor adjusted.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Creatinine(90), CommonInputs.Weight(90), CommonInputs.Age, CommonInputs.Sex];

    public override FormulaOutcome Compute(FormulaValues values) => values["age"] < 18
        ? NotValid("the equation is for adults from 18 years")
        : Result((140 - values["age"]) * values["body weight"] / (72 * values["creatinine"]) * (values.IsFemale ? 0.85m : 1), 0);
}
