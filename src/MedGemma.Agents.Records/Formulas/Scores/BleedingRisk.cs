using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas.Scores;

/// <summary>HAS-BLED: risk of major bleeding under anticoagulation, 0 to 9 points.</summary>
internal sealed class BleedingRisk : ClinicalFormula
{
    private static readonly MeasuredInput s_systolic = CommonInputs.Systolic(TimeSpan.FromDays(90));
    private static readonly HistoryInput s_kidney = new("end stage renal disease or transplant", ["end stage renal disease", "transplant status"]);
    private static readonly HistoryInput s_liver = new("cirrhosis", ["cirrhosis"]);
    private static readonly HistoryInput s_stroke = new("stroke", ["stroke"]);
    private static readonly HistoryInput s_bleeding = new("bleeding or a tendency to bleed", ["gastrointestinal bleeding", "intracranial hemorrhage", "coagulopathy", "thrombocytopenia", "anemia"]);
    private static readonly HistoryInput s_alcohol = new("alcohol use disorder", ["alcohol use disorder"]);
    private static readonly HistoryInput s_drugs = CurrentDrug("antiplatelet drug or NSAID", "antiplatelet", "NSAID");
    private static readonly HistoryInput s_warfarin = CurrentDrug("warfarin", "warfarin") with { IsScored = false };

    public override FormulaName Name => FormulaName.BleedingRisk;

    public override string Title => "HAS-BLED";

    public override string Source => "Pisters et al. 2010, doi:10.1378/chest.10-0134.";

    public override string Validity =>
        "For atrial fibrillation under anticoagulation; alcohol is counted by diagnosis only, the liver by cirrhosis only, and drugs bought without a prescription are not seen.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
        [CommonInputs.Age, s_systolic, CommonInputs.Creatinine(180), s_kidney, s_liver, s_stroke, s_bleeding, s_alcohol, s_drugs, s_warfarin];

    public override FormulaOutcome Compute(FormulaValues values)
    {
        if (values["age"] < 18)
            return NotValid("it is for adults from 18 years");
        if (values.Has(s_warfarin.Name))
            return NotValid("warfarin is current, and the time in the therapeutic range, which is one of its points, is not recorded");

        var points = (values[s_systolic.Name] > 160 ? 1 : 0)
            + (values["creatinine"] > 2.26m || values.Has(s_kidney.Name) ? 1 : 0)
            + (values.Has(s_liver.Name) ? 1 : 0)
            + (values.Has(s_stroke.Name) ? 1 : 0)
            + (values.Has(s_bleeding.Name) ? 1 : 0)
            + (values["age"] > 65 ? 1 : 0)
            + (values.Has(s_drugs.Name) ? 1 : 0)
            + (values.Has(s_alcohol.Name) ? 1 : 0);
        return Points(points);
    }

    private static HistoryInput CurrentDrug(string name, params string[] concepts) =>
        new(name, concepts) { Kinds = [RecordKind.MedicationRequest, RecordKind.MedicationStatement], CurrentOnly = true };
}
