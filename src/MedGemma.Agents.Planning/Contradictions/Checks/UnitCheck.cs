namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>Results of one thing in units that cannot be brought together.</summary>
internal sealed class UnitCheck : IContradictionCheck
{
    public ContradictionKind Kind => ContradictionKind.IncompatibleUnits;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        foreach (var entry in context.Concepts)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var byUnit = entry.Resources.Where(context.Counts).Select(RecordedNumber.Of).OfType<RecordedNumber>()
                .Where(number => number.Unit is not null)
                .GroupBy(number => number.Unit!, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count())
                .ThenByDescending(group => group.Last().Resource.When?.Start)
                .Select(group => group.Last())
                .ToList();
            foreach (var odd in byUnit.Skip(1).Where(other => !context.Units.TryConvert(1, other.Unit!, byUnit[0].Unit!, other.LoincCode ?? byUnit[0].LoincCode, out _)))
            {
                yield return new Contradiction(
                    Kind,
                    $"{entry.Name} is recorded in {byUnit[0].Written} and in {odd.Written}, which cannot be brought together.",
                    [byUnit[0].Evidence],
                    [odd.Evidence]);
            }
        }
    }
}
