namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>Two results of one thing at one time that differ, also after conversion; a rounding of the last digit is no difference.</summary>
internal sealed class ValueCheck : IContradictionCheck
{
    private const decimal Tolerance = 0.02m;

    public ContradictionKind Kind => ContradictionKind.ValuesDisagree;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        foreach (var entry in context.Concepts)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var numbers = entry.Resources.Where(context.Counts).Select(RecordedNumber.Of).OfType<RecordedNumber>().Where(number => number.Resource.When?.Start is not null);
            foreach (var moment in numbers.GroupBy(number => number.Resource.When!.Value.Start).Where(group => group.Count() > 1))
            {
                var (first, rest) = (moment.First(), moment.Skip(1));
                if (!moment.Any(number => context.Touched.Contains(number.Resource)) || rest.FirstOrDefault(other => Differ(context, first, other)) is not { } second)
                    continue;

                yield return new Contradiction(
                    Kind,
                    $"{entry.Name} is recorded for {first.Resource.WhenText} both as {first.Said} and as {second.Said}.",
                    [first.Evidence],
                    [second.Evidence]);
            }
        }
    }

    private static bool Differ(ContradictionContext context, RecordedNumber one, RecordedNumber other)
    {
        if (one.Unit == other.Unit)
            return one.Number != other.Number;
        if (one.Unit is null || other.Unit is null || !context.Units.TryConvert(other.Number, other.Unit, one.Unit, other.LoincCode ?? one.LoincCode, out var converted))
            return false;

        return Math.Abs(converted.Value - one.Number) > Tolerance * Math.Max(Math.Abs(one.Number), 1);
    }
}
