namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Anion gap corrected for albumin: 2.5 mmol/L for each g/dL below 4.</summary>
internal sealed class AlbuminCorrectedAnionGap : ClinicalFormula
{
    public override FormulaName Name => FormulaName.AlbuminCorrectedAnionGap;

    public override string Title => "Albumin-corrected anion gap";

    public override string Unit => "mmol/L";

    public override string Source => "Figge et al. 1998, doi:10.1097/00003246-199811000-00019, with 4.0 g/dL as the normal albumin.";

    public override string Validity => "Of one day; derived in critically ill adults.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Sodium(30), CommonInputs.Chloride(30), CommonInputs.Bicarbonate(30), CommonInputs.Albumin(30)];

    public override TimeSpan? Together => TimeSpan.FromHours(24);

    public override FormulaOutcome Compute(FormulaValues values) =>
        Result(values["sodium"] - values["chloride"] - values["bicarbonate"] + (2.5m * (4.0m - values["albumin"])), 1);
}
