using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas.Scores;

/// <summary>MELD with sodium as the OPTN has used it since 2016.</summary>
internal sealed class MeldSodium : ClinicalFormula
{
    public static readonly HistoryInput Dialysis = new("two dialyses within a week", ["dialysis"])
    {
        Kinds = [RecordKind.Procedure],
        Within = TimeSpan.FromDays(7),
        Times = 2,
        IsScored = false,
    };

    public override FormulaName Name => FormulaName.MeldSodium;

    public override string Title => "MELD-Na";

    public override string Source => "Kim et al. 2008, doi:10.1056/NEJMoa0801209, with the limits of OPTN policy 9.1 of 2016.";

    public override string Validity => "For chronic liver disease from 12 years, all values of one week; MELD 3.0 has replaced it for allocation.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Bilirubin(90),
        CommonInputs.Sodium(90),
        CommonInputs.Inr(90),
        CommonInputs.Creatinine(90),
        CommonInputs.Age,
        Dialysis,
    ];

    public override TimeSpan? Together => TimeSpan.FromDays(7);

    public override FormulaOutcome Compute(FormulaValues values)
    {
        if (values["age"] < 12)
            return NotValid("it is for patients from 12 years; children have PELD");

        var creatinine = values.Has(Dialysis.Name) ? 4 : Math.Clamp((double)values["creatinine"], 1, 4);
        var initial = 0.957 * Math.Log(creatinine)
            + (0.378 * Math.Log(Math.Max((double)values["total bilirubin"], 1)))
            + (1.12 * Math.Log(Math.Max((double)values["INR"], 1)))
            + 0.643;
        var meld = Math.Round(initial, 1, MidpointRounding.AwayFromZero) * 10;
        var sodium = 137 - Math.Clamp((double)values["sodium"], 125, 137);
        return Result(Math.Min(meld > 11 ? meld + (1.32 * sodium) - (0.033 * meld * sodium) : meld, 40), 0);
    }
}
