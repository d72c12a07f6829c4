namespace MedGemma.Agents.Records.Formulas.Scores;

/// <summary>MELD 3.0: bilirubin, sodium, INR, creatinine, albumin and sex.</summary>
internal sealed class Meld3 : ClinicalFormula
{
    public override FormulaName Name => FormulaName.Meld3;

    public override string Title => "MELD 3.0";

    public override string Source => "Kim et al. 2021, doi:10.1053/j.gastro.2021.08.050.";

    public override string Validity => "For adults with chronic liver disease, all values of one week; with two dialyses recorded in the week the creatinine counts as 3.0 mg/dL.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Bilirubin(90),
        CommonInputs.Sodium(90),
        CommonInputs.Inr(90),
        CommonInputs.Creatinine(90),
        CommonInputs.Albumin(90),
        CommonInputs.Age,
        CommonInputs.Sex,
        MeldSodium.Dialysis,
    ];

    public override TimeSpan? Together => TimeSpan.FromDays(7);

    public override FormulaOutcome Compute(FormulaValues values)
    {
        if (values["age"] < 18)
            return NotValid("it is for adults from 18 years; children have PELD");

        var bilirubin = Math.Log(Math.Max((double)values["total bilirubin"], 1));
        var inr = Math.Log(Math.Max((double)values["INR"], 1));
        var creatinine = Math.Log(values.Has(MeldSodium.Dialysis.Name) ? 3 : Math.Clamp((double)values["creatinine"], 1, 3));
        var sodium = 137 - Math.Clamp((double)values["sodium"], 125, 137);
        var albumin = 3.5 - Math.Clamp((double)values["albumin"], 1.5, 3.5);
        var score = (values.IsFemale ? 1.33 : 0) + (4.56 * bilirubin) + (0.82 * sodium) - (0.24 * sodium * bilirubin) + (9.09 * inr)
            + (11.14 * creatinine) + (1.85 * albumin) - (1.83 * albumin * creatinine) + 6;
        return Result(Math.Min(score, 40), 0);
    }
}
