namespace MedGemma.Agents.Records.Formulas;

/// <summary>What a formula made of its inputs; closed.</summary>
public abstract record FormulaOutcome
{
    private FormulaOutcome()
    {
    }

    /// <summary>A number, rounded as the formula's source reports it.</summary>
    /// <param name="Value">The number in the formula's unit.</param>
    /// <param name="Remarks">What must be said with it: a class, a criterion that was not looked at.</param>
    public sealed record Computed(decimal Value, IReadOnlyList<string> Remarks) : FormulaOutcome;

    /// <summary>The formula is not valid for these inputs.</summary>
    /// <param name="Reason">Why, as the rest of the sentence "X is not calculated: ...".</param>
    public sealed record NotValid(string Reason) : FormulaOutcome;
}
