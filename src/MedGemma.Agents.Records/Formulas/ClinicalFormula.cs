namespace MedGemma.Agents.Records.Formulas;

/// <summary>A published clinical formula: what goes in, what comes out, where it is from and for whom it holds. Stateless.</summary>
public abstract class ClinicalFormula
{
    private protected ClinicalFormula()
    {
    }

    /// <summary>Its name in queries and derivations.</summary>
    public abstract FormulaName Name { get; }

    /// <summary>What clinicians call it.</summary>
    public abstract string Title { get; }

    /// <summary>UCUM unit of the result; null for a score.</summary>
    public virtual string? Unit => null;

    /// <summary>The publication with its DOI or address.</summary>
    public abstract string Source { get; }

    /// <summary>For whom and what it holds, in one sentence that is said with every result.</summary>
    public abstract string Validity { get; }

    /// <summary>What goes in.</summary>
    public abstract IReadOnlyList<FormulaInput> Inputs { get; }

    /// <summary>How far apart its measurements may lie; null when each may be the newest of its kind.</summary>
    public virtual TimeSpan? Together => null;

    /// <summary>Computes it.</summary>
    /// <param name="values">The inputs that <see cref="Inputs"/> declares; those that are not optional are all there.</param>
    public abstract FormulaOutcome Compute(FormulaValues values);

    private protected static FormulaOutcome Result(double value, int decimals, params string[] remarks) =>
        double.IsFinite(value) && Math.Abs(value) < 1e9
            ? new FormulaOutcome.Computed(decimal.Round((decimal)value, decimals, MidpointRounding.AwayFromZero), remarks)
            : new FormulaOutcome.NotValid("the inputs give no number");

    private protected static FormulaOutcome Result(decimal value, int decimals, params string[] remarks) =>
        new FormulaOutcome.Computed(decimal.Round(value, decimals, MidpointRounding.AwayFromZero), remarks);

    private protected static FormulaOutcome Points(int points, params string[] remarks) => new FormulaOutcome.Computed(points, remarks);

    private protected static FormulaOutcome NotValid(string reason) => new FormulaOutcome.NotValid(reason);
}
