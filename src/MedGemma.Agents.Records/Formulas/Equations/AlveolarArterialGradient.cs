namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Alveolar less arterial oxygen pressure, at sea level and with a respiratory quotient of 0.8.</summary>
internal sealed class AlveolarArterialGradient : ClinicalFormula
{
    public override FormulaName Name => FormulaName.AlveolarArterialGradient;

    public override string Title => "A-a gradient";

    public override string Unit => "mm[Hg]";

    public override string Source => "Fenn, Rahn and Otis, Am J Physiol 1946;146:637-653: FiO2 x (760 - 47) - PaCO2/0.8 - PaO2.";

    public override string Validity => "At sea level, arterial blood, with the inspired oxygen recorded within the hour.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        new MeasuredInput("PaO2", "mm[Hg]", TimeSpan.FromDays(7), 10, 700),
        new MeasuredInput("PaCO2", "mm[Hg]", TimeSpan.FromDays(7), 5, 200),
        CommonInputs.Vital("inspired oxygen", "%", TimeSpan.FromDays(7), 20, 100),
    ];

    public override TimeSpan? Together => TimeSpan.FromHours(1);

    public override FormulaOutcome Compute(FormulaValues values)
    {
        var gradient = (values["inspired oxygen"] / 100 * (760 - 47)) - (values["PaCO2"] / 0.8m) - values["PaO2"];
        return gradient < 0 ? NotValid("the gradient comes out below zero, so the blood was not arterial or the inspired oxygen is another") : Result(gradient, 0);
    }
}
