namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Anion gap without potassium: sodium less chloride and bicarbonate.</summary>
internal sealed class AnionGap : ClinicalFormula
{
    public override FormulaName Name => FormulaName.AnionGap;

    public override string Title => "Anion gap";

    public override string Unit => "mmol/L";

    public override string Source => "Emmett and Narins, Medicine 1977;56:38-54.";

    public override string Validity => "Of one draw; normal limits are the laboratory's own, and a low albumin lowers it.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Sodium(30), CommonInputs.Chloride(30), CommonInputs.Bicarbonate(30)];

    public override TimeSpan? Together => TimeSpan.FromHours(6);

    public override FormulaOutcome Compute(FormulaValues values) => Result(values["sodium"] - values["chloride"] - values["bicarbonate"], 1);
}
