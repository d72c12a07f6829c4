namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>QT interval over the square root of the RR interval.</summary>
internal sealed class QtcBazett : ClinicalFormula
{
    public override FormulaName Name => FormulaName.QtcBazett;

    public override string Title => "QTc (Bazett)";

    public override string Unit => "ms";

    public override string Source => "Bazett 1920, reprinted doi:10.1111/j.1542-474X.1997.tb00325.x.";

    public override string Validity => "Overcorrects at high and undercorrects at low heart rates; not with a paced or irregular rhythm.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Vital("QT interval", "ms", TimeSpan.FromDays(30), 150, 900),
        CommonInputs.HeartRate(TimeSpan.FromDays(30)),
    ];

    public override TimeSpan? Together => TimeSpan.FromMinutes(15);

    public override FormulaOutcome Compute(FormulaValues values)
    {
        var seconds = 60 / (double)values["heart rate"];
        return Result((double)values["QT interval"] / Math.Sqrt(seconds), 0);
    }
}
