using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas;

/// <summary>Whether something is recorded of the patient. That it is not recorded counts only in a record that is complete for the kinds, and is not a documented "no".</summary>
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

    /// <summary>Times that it must be recorded.</summary>
    public int Times { get; init; } = 1;
}
