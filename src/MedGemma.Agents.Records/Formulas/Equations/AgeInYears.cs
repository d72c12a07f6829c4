namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Age in completed years.</summary>
internal sealed class AgeInYears : ClinicalFormula
{
    public override FormulaName Name => FormulaName.Age;

    public override string Title => "Age";

    public override string Unit => "a";

    public override string Source => "Completed years between the recorded birth date and the instant asked for, or death.";

    public override string Validity => "A birth date without a day gives no age.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Age];

    public override FormulaOutcome Compute(FormulaValues values) => Result(values["age"], 0);
}
