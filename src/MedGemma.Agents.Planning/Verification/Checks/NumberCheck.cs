using System.Text.Json;
using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>
/// A number must be the fact's value, a count of the result, the bound of the query, or part of a name; in that one's unit and with its comparator.
/// </summary>
internal sealed class NumberCheck : IFactCheck
{
    public bool Concerns(Piece piece) => piece is NumberPiece;

    public bool Supports(Piece piece, Fact fact, ClaimContext context)
    {
        var number = (NumberPiece)piece;
        if (number.Counts == CountedThing.Nothing)
            return IsValue(number, fact, context) || IsYear(number, fact) || IsBound(number, context) || IsInName(number, fact, context) || IsRangeLimit(number, fact, context) || IsPatientNumber(number, context);
        if (number.Comparison is not null and not ValueComparison.AtLeast)
            return false;

        // The part of "N of M" is counted against the list by the omission check.
        return number.Counts == CountedThing.Part || CountsOf(number.Counts, fact, context).Contains(number.Value) || IsInName(number, fact, context);
    }

    public string Describe(Piece piece, ClaimContext context)
    {
        var number = (NumberPiece)piece;
        var sameNumber = context.Facts.FirstOrDefault(fact => fact.Number is { } value && Rounding.Allows(number, value, IsComputed(fact)));
        if (sameNumber is null || number.Counts != CountedThing.Nothing)
            return $"number not in the result: {piece.Text}";
        return sameNumber.Value!.Comparator != Comparator(number.Comparison)
            ? $"comparator not as recorded: {piece.Text}"
            : $"unit not as recorded: {piece.Text}";
    }

    // A date may be recorded by its year alone.
    private static bool IsYear(NumberPiece number, Fact fact) =>
        number is { Unit: null, Comparison: null } && number.Text.Length == 4 && (fact.Value?.Time == number.Text || fact.Value?.Value is { ValueKind: JsonValueKind.String } text && text.GetString() == number.Text);

    private static bool IsValue(NumberPiece number, Fact fact, ClaimContext context)
    {
        if (fact.Value is null)
            return false;
        if (fact.Number is { } value && Matches(number, value, fact.Value.Unit, fact.Value.Comparator, IsComputed(fact), context))
            return true;
        if (context.Aggregate is DeltaAggregate && fact.Number is { } delta && context.Words.Any(word => Vocabulary.TrendOf(word.Text) is not null)
            && Matches(number, Math.Abs(delta), fact.Value.Unit, null, true, context))
            return true;

        // The ends of a series and the recorded side of a conversion may be said beside the computed value.
        return fact.Value.Derivation is { Operation: "delta" or "fall" or "delta-percent" or "fall-percent" or "higher" or "lower" or "trend" or "convert" } derivation
            && derivation.Inputs.Any(input => input.Value.ValueKind == JsonValueKind.Number
                && input.Value.TryGetDecimal(out var recorded) && Matches(number, recorded, input.Unit, null, false, context));
    }

    private static bool Matches(NumberPiece number, decimal value, string? unit, string? comparator, bool isComputed, ClaimContext context) =>
        Rounding.Allows(number, value, isComputed)
        && Comparator(number.Comparison) == comparator
        && HasUnit(number, unit, context);

    private static bool HasUnit(NumberPiece number, string? unit, ClaimContext context)
    {
        if (string.IsNullOrWhiteSpace(unit) || unit == "1")
            return number.Unit is null || (number.Unit == "a" && context.Result.Query.Element == ResultElement.Age);

        var canonical = Units.Canonical(unit);
        if (number.Unit is not null)
            return number.Unit == canonical;

        // "7.1 to 7.4 %": the unit may stand once, but it must stand.
        return canonical[0] == '{' || context.Pieces.OfType<NumberPiece>().Any(other => other.Unit == canonical)
            || (unit.Length > 1 && context.Claim.Text.Contains(unit, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsBound(NumberPiece number, ClaimContext context) =>
        IsFilterBound(number, context) || (number.Value == context.Selection.WithinDaysOfPrevious && number.Comparison is null && number.Unit is null or "d" or "day");

    private static bool IsFilterBound(NumberPiece number, ClaimContext context) =>
        context.Selection.Value is { } filter
        && (number.Value == filter.Bound || number.Value == filter.Upper)
        && ((number.Comparison is null && filter.Upper is not null) || number.Comparison == filter.Comparison || (filter.Comparison == ValueComparison.Equal && number.Comparison is null))
        && (filter.Unit is null ? number.Unit is null || context.Facts.Any(fact => fact.Value?.Unit is { } unit && Units.Canonical(unit) == number.Unit)
            : number.Unit == Units.Canonical(filter.Unit));

    // A name's number is one only beside a word of the name, or where it is all of it, as of a year: "PHQ-9 was 9" says 9 of the score too. A strength may stand before the drug, and a value in words
    // ("3.5 - 5.1") is said by its numbers.
    private static bool IsInName(NumberPiece number, Fact fact, ClaimContext context)
    {
        if (number.Comparison is null && fact.ValueNumbers.Contains((number.Value, number.Unit)))
            return true;
        if (number.Comparison is not null || fact.NameNumbers.Where(inName => inName.Value == number.Value && inName.Unit == number.Unit).ToList() is not { Count: > 0 } named)
            return false;

        var (before, after) = context.WordsAround(number);
        return number.Unit is not null
            ? (before is not null && fact.Words.Contains(before)) || (after is not null && fact.Words.Contains(after))
            : named.Exists(inName => inName is { Before: null, After: null } || (before is not null && before == inName.Before) || (after is not null && after == inName.After));
    }

    // A range is one text, in the unit of its limits.
    private static bool IsRangeLimit(NumberPiece number, Fact fact, ClaimContext context) =>
        context.Result.Query.Element == ResultElement.ReferenceRange && number.Unit is not null && fact.Value?.Unit is { } unit && Units.Canonical(unit) == number.Unit
        && fact.NameNumbers.Any(inName => inName.Value == number.Value);

    private static bool IsPatientNumber(NumberPiece number, ClaimContext context) =>
        context.PatientNumbers.Contains(number.Text)
        && context.Before(number) is WordPiece { Text: "patient" or "identifier" or "mrn" or "number" };

    private static bool IsComputed(Fact fact) => fact.Value?.Derivation is not null;

    private static IEnumerable<decimal> CountsOf(CountedThing counts, Fact fact, ClaimContext context)
    {
        var result = context.Result;
        var isCount = context.Aggregate is CountAggregate;
        var countsDistinct = context.Aggregate is CountAggregate { Distinct: true };
        var inputs = fact.Value?.Derivation?.Inputs.Count;
        switch (counts)
        {
            case CountedThing.DistinctThings:
                return isCount && result.Query.Aggregate is GroupAggregate ? [] : countsDistinct && fact.Number is { } distinct ? [distinct] : [result.DistinctConcepts];
            default:
                if (isCount)
                    return result.Query.Aggregate is GroupAggregate ? Own(fact) : [.. Own(fact), result.Matched];
                if (context.Aggregate is StatisticAggregate or DeltaAggregate or ChangedAggregate or TrendAggregate)
                    return inputs is { } count ? [result.Query.Element == ResultElement.Duration ? count / 2 : count] : [];
                return context.Aggregate is ListAggregate
                    ? [result.Values.Count, result.Matched]
                    : [.. Own(fact).Where(_ => fact.Value!.Unit is null), result.Values.Count, result.Matched];
        }

        static IEnumerable<decimal> Own(Fact fact) => fact.Number is { } number ? [number] : [];
    }

    private static string? Comparator(ValueComparison? comparison) => comparison switch
    {
        ValueComparison.Above => ">",
        ValueComparison.AtLeast => ">=",
        ValueComparison.Below => "<",
        ValueComparison.AtMost => "<=",
        null => null,
        _ => "=",
    };
}
