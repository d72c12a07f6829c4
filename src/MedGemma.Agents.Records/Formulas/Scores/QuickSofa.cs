namespace MedGemma.Agents.Records.Formulas.Scores;

/// <summary>Quick SOFA: respiratory rate, systolic pressure and consciousness, 0 to 3 points.</summary>
internal sealed class QuickSofa : ClinicalFormula
{
    public static readonly MeasuredInput Coma = CommonInputs.Vital("Glasgow coma scale", "1", TimeSpan.FromHours(24), 3, 15);

    public override FormulaName Name => FormulaName.QuickSofa;

    public override string Title => "qSOFA";

    public override string Source => "Seymour et al. 2016, doi:10.1001/jama.2016.0288; Singer et al. 2016, doi:10.1001/jama.2016.0287.";

    public override string Validity => "For adults with suspected infection outside intensive care; no screening tool by itself.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
        [CommonInputs.Vital("respiratory rate", "/min", TimeSpan.FromHours(24), 1, 80), CommonInputs.Systolic(TimeSpan.FromHours(24)), Coma, CommonInputs.Age];

    public override TimeSpan? Together => TimeSpan.FromHours(1);

    public override FormulaOutcome Compute(FormulaValues values) => values["age"] < 18
        ? NotValid("it is for adults from 18 years")
        : Points((values["respiratory rate"] >= 22 ? 1 : 0) + (values["systolic blood pressure"] <= 100 ? 1 : 0) + (values[Coma.Name] < 15 ? 1 : 0));
}
