using System.Collections.Frozen;
using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A word about the whole result set needs the aggregate that proves it, and a computed value needs the word.</summary>
internal sealed class SuperlativeCheck : IClaimCheck
{
    private static readonly FrozenSet<string> s_lengths =
        new[] { "s", "ms", "min", "h", "d", "wk", "mo", "a", "mm", "cm", "m", "[in_i]", "[ft_i]" }.ToFrozenSet(StringComparer.Ordinal);

    public IEnumerable<string> Find(ClaimContext context)
    {
        foreach (var segment in context.Segments)
        {
            foreach (var word in segment.Pieces.OfType<WordPiece>())
            {
                if (OrdinalOf(word.Text) is { } ordinal && !IsNth(ordinal, segment, context))
                    yield return $"order not proved: {word.Text}";
                if (word.Text is "longest" or "shortest" && !HasLength(context))
                    yield return $"has no length: {word.Text}";
                if (Vocabulary.SuperlativeOf(word.Text) is { } superlative && !IsProved(superlative, segment, context) && !IsOwnName(word, segment))
                    yield return $"not proved by the query: {word.Text}";
            }
        }

        if (context.Aggregate is StatisticAggregate { Statistic: var statistic } && context.Pieces.Any(piece => piece is NumberPiece { Counts: CountedThing.Nothing })
            && !context.Words.Any(word => Vocabulary.SuperlativeOf(word.Text) == Of(statistic)) && !(statistic == Statistic.Sum && context.Says("total", "altogether")))
            yield return $"a {statistic.ToString().ToLowerInvariant()} that is not called one";
    }

    // A stay or another interval; of a number only one in a unit of time or length.
    private static bool HasLength(ClaimContext context) =>
        context.Result.Query.Element == ResultElement.Duration
        || context.Selection.Kinds.All(kind => kind is RecordKind.Encounter or RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit or RecordKind.OutpatientVisit)
        || context.Facts.Any(fact => fact.Value?.Unit is { } unit && s_lengths.Contains(Units.Canonical(unit)));

    private static bool IsProved(Superlative superlative, Segment segment, ClaimContext context)
    {
        var aggregate = context.Aggregate;
        return superlative switch
        {
            Superlative.Latest => aggregate is LatestAggregate or NthAggregate { N: -1 } || IsDated(superlative, segment, context) || IsExtremeOfList(segment, context, latest: true),
            Superlative.Earliest => aggregate is EarliestAggregate or TimeBetweenAggregate or NthAggregate { N: 1 } || IsDated(superlative, segment, context) || IsExtremeOfList(segment, context, latest: false),
            Superlative.Highest => aggregate is ExtremeAggregate { Highest: true },
            Superlative.Lowest => aggregate is ExtremeAggregate { Highest: false },
            Superlative.Mean => aggregate is StatisticAggregate { Statistic: Statistic.Mean },
            Superlative.Median => aggregate is StatisticAggregate { Statistic: Statistic.Median },
            Superlative.Sum => aggregate is StatisticAggregate { Statistic: Statistic.Sum },
            Superlative.Penultimate => aggregate is NthAggregate { N: -2 },
            Superlative.Only => context.Result.Missing.Count == 0 && (context.Result.Matched == 1 || IsExactCount(context)),
            Superlative.All => aggregate is ListAggregate or CountAggregate,
            _ => false,
        };
    }

    // "prescribed; first on 6 May": the date check holds the date to the first or last input.
    private static bool IsDated(Superlative superlative, Segment segment, ClaimContext context) =>
        segment.Pieces.Any(piece => piece is DatePiece && DateCheck.PlaceAmongInputs(piece, context) == superlative)
        && segment.Facts.All(fact => fact.InputTimes.Count > 0)
        && context.Aggregate is ExistsAggregate or CountAggregate or DeltaAggregate or ChangedAggregate or TrendAggregate;

    private static bool IsExtremeOfList(Segment segment, ClaimContext context, bool latest)
    {
        if (context.Aggregate is not ListAggregate || context.Result.Query.Aggregate is GroupAggregate || context.Facts.Any(fact => fact.Times.Count == 0))
            return false;
        var times = context.Facts.Select(TimeOf).ToList();
        var wanted = latest ? times.Max() : times.Min();
        return segment.Facts.Count > 0 && segment.Facts.All(fact => TimeOf(fact) == wanted);
    }

    private static DateTime TimeOf(Fact fact) => fact.Times[0].Local - (fact.Times[0].Offset ?? TimeSpan.Zero);

    private static bool IsExactCount(ClaimContext context) =>
        context.Aggregate is CountAggregate && context.Pieces.Any(piece => piece is NumberPiece { Counts: not CountedThing.Nothing });

    private static bool IsNth(int ordinal, Segment segment, ClaimContext context)
    {
        if (context.Aggregate is NthAggregate { N: var n })
            return n == ordinal;
        return context.Aggregate is ListAggregate && context.Result.Query.Aggregate is ListAggregate && ordinal <= context.Facts.Count
            && segment.Facts.Count > 0 && segment.Facts.All(fact => ReferenceEquals(fact, context.Facts[ordinal - 1]));
    }

    private static int? OrdinalOf(string word)
    {
        if (Vocabulary.OrdinalOf(word) is { } known)
            return known;
        return word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th" && int.TryParse(word[..^2], out var ordinal) ? ordinal : null;
    }

    private static bool IsOwnName(WordPiece word, Segment segment) =>
        segment.Facts.Count > 0 && segment.Facts.All(fact => NameWords.Of(word.Text).All(fact.Words.Contains));

    private static Superlative Of(Statistic statistic) => statistic switch
    {
        Statistic.Mean => Superlative.Mean,
        Statistic.Median => Superlative.Median,
        _ => Superlative.Sum,
    };
}
