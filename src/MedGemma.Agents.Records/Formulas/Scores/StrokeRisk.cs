namespace MedGemma.Agents.Records.Formulas.Scores;

/// <summary>CHA2DS2-VASc: risk of stroke in atrial fibrillation, 0 to 9 points.</summary>
internal sealed class StrokeRisk : ClinicalFormula
{
    private static readonly HistoryInput s_failure = new("heart failure", ["heart failure"]);
    private static readonly HistoryInput s_hypertension = new("hypertension", ["hypertension"]);
    private static readonly HistoryInput s_diabetes = new("diabetes", ["diabetes", "type 1 diabetes", "type 2 diabetes"]);
    private static readonly HistoryInput s_stroke = new("stroke or transient ischemic attack", ["stroke", "transient ischemic attack"]);
    private static readonly HistoryInput s_vascular = new("myocardial infarction or peripheral artery disease", ["myocardial infarction", "peripheral artery disease"]);
    private static readonly HistoryInput s_fibrillation = new("atrial fibrillation or flutter", ["atrial fibrillation", "atrial flutter"]) { IsScored = false };

    public override FormulaName Name => FormulaName.StrokeRisk;

    public override string Title => "CHA2DS2-VASc";

    public override string Source => "Lip et al. 2010, doi:10.1378/chest.09-1584.";

    public override string Validity => "For adults with non-valvular atrial fibrillation; aortic plaque and systemic embolism are not looked for.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
        [CommonInputs.Age, CommonInputs.Sex, s_failure, s_hypertension, s_diabetes, s_stroke, s_vascular, s_fibrillation];

    public override FormulaOutcome Compute(FormulaValues values)
    {
        var age = values["age"];
        if (age < 18)
            return NotValid("it is for adults from 18 years");

        var points = (values.Has(s_failure.Name) ? 1 : 0)
            + (values.Has(s_hypertension.Name) ? 1 : 0)
            + (age >= 75 ? 2 : age >= 65 ? 1 : 0)
            + (values.Has(s_diabetes.Name) ? 1 : 0)
            + (values.Has(s_stroke.Name) ? 2 : 0)
            + (values.Has(s_vascular.Name) ? 1 : 0)
            + (values.IsFemale ? 1 : 0);
        return values.Has(s_fibrillation.Name)
            ? Points(points)
            : Points(points, "no atrial fibrillation is recorded");
    }
}
