namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>FIB-4: age times AST over platelets times the square root of ALT.</summary>
internal sealed class Fibrosis4 : ClinicalFormula
{
    public override FormulaName Name => FormulaName.Fibrosis4;

    public override string Title => "FIB-4";

    public override string Source => "Sterling et al. 2006, doi:10.1002/hep.21178.";

    public override string Validity => "Developed for adults with chronic viral hepatitis and used in fatty liver; less reliable under 35 and over 65 years.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Age,
        CommonInputs.Laboratory("aspartate aminotransferase", "U/L", 180, 1, 30_000),
        CommonInputs.Laboratory("alanine aminotransferase", "U/L", 180, 1, 30_000),
        CommonInputs.Laboratory("platelet count", "10*3/uL", 180, 1, 5000),
    ];

    public override TimeSpan? Together => TimeSpan.FromDays(7);

    public override FormulaOutcome Compute(FormulaValues values) => values["age"] < 18
        ? NotValid("the index is for adults from 18 years")
        : Result((double)(values["age"] * values["aspartate aminotransferase"]) / ((double)values["platelet count"] * Math.Sqrt((double)values["alanine aminotransferase"])), 2);
}
