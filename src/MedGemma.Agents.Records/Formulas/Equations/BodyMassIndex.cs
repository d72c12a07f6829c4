namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Body mass index: weight in kilograms over the square of height in metres.</summary>
internal sealed class BodyMassIndex : ClinicalFormula
{
    public override FormulaName Name => FormulaName.BodyMassIndex;

    public override string Title => "BMI";

    public override string Unit => "kg/m2";

    public override string Source => "Keys et al. 1972, doi:10.1016/0021-9681(72)90027-6; WHO TRS 894 (2000).";

    public override string Validity => "For adults; the height may be older than the weight.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Age, CommonInputs.Weight(365), CommonInputs.Height(3650)];

    public override FormulaOutcome Compute(FormulaValues values)
    {
        if (values["age"] < 18)
            return NotValid("under 18 years the index is read by percentiles, and a height is soon out of date");

        var metres = values["body height"] / 100;
        return Result(values["body weight"] / (metres * metres), 1);
    }
}
