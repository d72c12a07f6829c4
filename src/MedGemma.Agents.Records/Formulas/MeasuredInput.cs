using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas;

/// <summary>The newest recorded number of a test or vital sign, in one unit.</summary>
/// <param name="Name">Its name, which the concept vocabulary knows.</param>
/// <param name="Unit">UCUM unit that the formula counts in.</param>
/// <param name="Freshness">How old it may be.</param>
/// <param name="Least">Least number that a living patient can have; anything less is a mistake and not used.</param>
/// <param name="Most">Greatest such number.</param>
public sealed record MeasuredInput(string Name, string Unit, TimeSpan Freshness, decimal Least, decimal Most) : FormulaInput(Name)
{
    /// <summary>Kinds that record it.</summary>
    public IReadOnlyList<RecordKind> Kinds { get; init; } = [RecordKind.LaboratoryResult];
}
