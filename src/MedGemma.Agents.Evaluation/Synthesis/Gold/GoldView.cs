using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>What is known of the patient at one instant: facts that had happened and had been recorded.</summary>
internal sealed class GoldView(ClinicalChart chart, DateTimeOffset now)
{
    public Life Life => chart.Life;

    public DateTimeOffset Now => now;

    public IReadOnlyList<Fact> Known { get; } =
        [.. chart.Facts.Where(fact => fact.Recorded <= now && (fact.When <= now || fact.Kind == FactKind.Appointment)).OrderBy(fact => fact.When)];

    /// <summary>Facts that count, oldest first.</summary>
    public List<Fact> Of(FactKind kind) => [.. Known.Where(fact => fact.Kind == kind && fact.Counts)];

    public bool HasTrap(string trap) => chart.Traps.Any(planted => planted.Trap == trap);

    public IEnumerable<string> Planted(string trap) => chart.Traps.Where(planted => planted.Trap == trap).Select(planted => planted.Reference);

    /// <summary>
    /// A number of years back, chosen so that "in the last n years" means the same whether it is read as an exact duration or as whole calendar years.
    /// Null when no number is free of doubt.
    /// </summary>
    public int? UnambiguousYears(IReadOnlyList<Fact> facts, Func<int, bool> wanted)
    {
        for (var years = 2; years <= 5; years++)
        {
            var exact = now.AddYears(-years);
            var calendar = new DateTimeOffset(exact.Year, 1, 1, 0, 0, 0, exact.Offset);
            var margin = exact.AddDays(2);
            var count = facts.Count(fact => fact.When >= exact);
            if (facts.All(fact => fact.When < calendar || fact.When >= margin) && wanted(count))
                return years;
        }

        return null;
    }
}
