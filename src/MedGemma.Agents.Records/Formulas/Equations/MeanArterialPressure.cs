namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Mean arterial pressure: a third of the systolic and two thirds of the diastolic pressure.</summary>
internal sealed class MeanArterialPressure : ClinicalFormula
{
    public override FormulaName Name => FormulaName.MeanArterialPressure;

    public override string Title => "Mean arterial pressure";

    public override string Unit => "mm[Hg]";

    public override string Source => "Meaney et al. 2000, doi:10.1136/heart.84.1.64, on the rule of one third.";

    public override string Validity => "An estimate for a normal heart rate; a measured mean pressure is better.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Systolic(TimeSpan.FromDays(7)), CommonInputs.Diastolic(TimeSpan.FromDays(7))];

    public override TimeSpan? Together => TimeSpan.FromMinutes(1);

    public override FormulaOutcome Compute(FormulaValues values) => values["diastolic blood pressure"] >= values["systolic blood pressure"]
        ? NotValid("the diastolic pressure is not below the systolic one")
        : Result((values["systolic blood pressure"] + (2 * values["diastolic blood pressure"])) / 3, 0);
}
