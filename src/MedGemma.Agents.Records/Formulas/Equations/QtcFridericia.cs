namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>QT interval over the cube root of the RR interval.</summary>
internal sealed class QtcFridericia : ClinicalFormula
{
    public override FormulaName Name => FormulaName.QtcFridericia;

    public override string Title => "QTc (Fridericia)";

    public override string Unit => "ms";

    public override string Source => "Fridericia 1920, reprinted doi:10.1046/j.1542-474X.2003.08413.x.";

    public override string Validity => "Not with a paced or irregular rhythm.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Vital("QT interval", "ms", TimeSpan.FromDays(30), 150, 900),
        CommonInputs.HeartRate(TimeSpan.FromDays(30)),
    ];

    public override TimeSpan? Together => TimeSpan.FromMinutes(15);

    public override FormulaOutcome Compute(FormulaValues values)
    {
        var seconds = 60 / (double)values["heart rate"];
        return Result((double)values["QT interval"] / Math.Cbrt(seconds), 0);
    }
}
