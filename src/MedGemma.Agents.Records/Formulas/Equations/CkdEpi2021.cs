namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Estimated glomerular filtration rate from creatinine, without race.</summary>
internal sealed class CkdEpi2021 : ClinicalFormula
{
    public override FormulaName Name => FormulaName.EstimatedGlomerularFiltrationRate;

    public override string Title => "eGFR (CKD-EPI 2021)";

    public override string Unit => "mL/min/{1.73_m2}";

    public override string Source => "Inker et al. 2021, doi:10.1056/NEJMoa2102953.";

    public override string Validity => "For adults whose creatinine is stable; not in acute kidney injury, pregnancy or on dialysis.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Creatinine(365), CommonInputs.Age, CommonInputs.Sex];

    public override FormulaOutcome Compute(FormulaValues values)
    {
        if (values["age"] < 18)
            return NotValid("the equation is for adults from 18 years");

        var (kappa, alpha, factor) = values.IsFemale ? (0.7, -0.241, 1.012) : (0.9, -0.302, 1.0);
        var relative = (double)values["creatinine"] / kappa;
        return Result(142 * Math.Pow(Math.Min(relative, 1), alpha) * Math.Pow(Math.Max(relative, 1), -1.2) * Math.Pow(0.9938, (double)values["age"]) * factor, 0);
    }
}
