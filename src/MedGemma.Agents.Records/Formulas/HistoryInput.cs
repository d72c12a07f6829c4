using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas;

/// <summary>Whether something is recorded of the patient. In a record that is complete for the kinds it is "not found" when it is not recorded, which is not a documented "no".</summary>
/// <param name="Name">Its name in the derivation and to people.</param>
/// <param name="Concepts">What it goes by, alternatives, which the concept vocabulary knows.</param>
public sealed record HistoryInput(string Name, IReadOnlyList<string> Concepts) : FormulaInput(Name)
{
    /// <summary>Kinds that record it.</summary>
    public IReadOnlyList<RecordKind> Kinds { get; init; } = [RecordKind.Condition];

    /// <summary>How far back it is looked for; null is all time.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Only what is current, for drugs.</summary>
    public bool CurrentOnly { get; init; }

    /// <summary>
    /// Whether it adds to a score, so that a score without it is the least it may be. A circumstance (an indication, an exclusion, a treatment that replaces a value) does
    /// not: the formula is calculated as without it, and says so.
    /// </summary>
    public bool IsScored { get; init; } = true;

    /// <summary>Times that it must be recorded.</summary>
    public int Times { get; init; } = 1;
}
