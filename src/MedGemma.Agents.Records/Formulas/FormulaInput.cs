namespace MedGemma.Agents.Records.Formulas;

/// <summary>What goes into a formula; closed.</summary>
/// <param name="Name">Its name in the derivation and to people.</param>
public abstract record FormulaInput(string Name)
{
    /// <summary>Whether the formula can do without it; it then sees that it is not recorded.</summary>
    public bool IsOptional { get; init; }
}
