namespace MedGemma.Agents.Records.Formulas.Equations;

/// <summary>Body surface area after Mosteller: the square root of height times weight over 3600.</summary>
internal sealed class BodySurfaceArea : ClinicalFormula
{
    public override FormulaName Name => FormulaName.BodySurfaceArea;

    public override string Title => "BSA (Mosteller)";

    public override string Unit => "m2";

    public override string Source => "Mosteller 1987, doi:10.1056/NEJM198710223171717.";

    public override string Validity => "For doses by surface area the weight must be current.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } = [CommonInputs.Weight(90), CommonInputs.Height(3650), CommonInputs.Age];

    public override FormulaOutcome Compute(FormulaValues values) => values["age"] < 18
        ? NotValid("under 18 years height and weight must be measured together, which is not looked for")
        : Result(Math.Sqrt((double)(values["body height"] * values["body weight"] / 3600)), 2);
}
