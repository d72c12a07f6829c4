using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>What the record has for an input of a formula; closed.</summary>
internal abstract record InputReading
{
    private InputReading()
    {
    }

    /// <summary>Numbers that may be taken, newest first; never empty.</summary>
    /// <param name="Input">The input.</param>
    /// <param name="Candidates">The numbers.</param>
    /// <param name="Unusable">Numbers that may not be taken, with why.</param>
    public sealed record Measured(MeasuredInput Input, IReadOnlyList<Measurement> Candidates, IReadOnlyList<Measurement> Unusable) : InputReading;

    /// <summary>Age, sex or a history that is settled, with the evidence it rests on.</summary>
    /// <param name="Input">The input.</param>
    /// <param name="Evidence">The evidence; empty for a history that is not recorded.</param>
    /// <param name="Said">How it is said with the answer.</param>
    public sealed record Settled(FormulaInput Input, IReadOnlyList<Evidence> Evidence, string Said) : InputReading;

    /// <summary>The input can do without and is not recorded.</summary>
    public sealed record Without : InputReading;

    /// <summary>The formula cannot be calculated for want of it.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Open(string Reason) : InputReading;
}
