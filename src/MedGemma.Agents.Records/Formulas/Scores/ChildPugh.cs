namespace MedGemma.Agents.Records.Formulas.Scores;

/// <summary>Child-Pugh: bilirubin, albumin, INR, ascites and encephalopathy, 5 to 15 points.</summary>
internal sealed class ChildPugh : ClinicalFormula
{
    private static readonly HistoryInput s_ascites = new("ascites", ["ascites"]) { Within = TimeSpan.FromDays(365) };
    private static readonly HistoryInput s_encephalopathy = new("hepatic encephalopathy", ["hepatic encephalopathy"]) { Within = TimeSpan.FromDays(365) };
    private static readonly HistoryInput s_cirrhosis = new("cirrhosis", ["cirrhosis"]) { IsScored = false };

    public override FormulaName Name => FormulaName.ChildPugh;

    public override string Title => "Child-Pugh score";

    public override string Source => "Pugh et al. 1973, doi:10.1002/bjs.1800600817, with INR for the prothrombin time.";

    public override string Validity => "For cirrhosis; ascites and encephalopathy are looked for within a year, and their degree is not recorded in codes.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
        [CommonInputs.Bilirubin(90), CommonInputs.Albumin(90), CommonInputs.Inr(90), s_ascites, s_encephalopathy, s_cirrhosis];

    public override TimeSpan? Together => TimeSpan.FromDays(7);

    public override FormulaOutcome Compute(FormulaValues values)
    {
        if (!values.Has(s_cirrhosis.Name))
            return NotValid("no cirrhosis is recorded");
        if (values.Has(s_ascites.Name) || values.Has(s_encephalopathy.Name))
            return NotValid("ascites or encephalopathy is recorded, and its degree, which decides between two and three points, is not");

        var (bilirubin, albumin, inr) = (values["total bilirubin"], values["albumin"], values["INR"]);
        var points = 2
            + (bilirubin < 2 ? 1 : bilirubin <= 3 ? 2 : 3)
            + (albumin > 3.5m ? 1 : albumin >= 2.8m ? 2 : 3)
            + (inr < 1.7m ? 1 : inr <= 2.3m ? 2 : 3);
        return Points(points, points <= 6 ? "class A or higher" : points <= 9 ? "class B or higher" : "class C");
    }
}
