using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Decides whether a recorded quantity stands in a relation to a bound, or to the record's own reference range.</summary>
internal sealed class ValueComparer(ValueFilter filter, IUnitConverter units, QueryContext context)
{
    private static readonly HashSet<string> s_highCodes = ["H", "HH", "HU", "HX", ">"];
    private static readonly HashSet<string> s_lowCodes = ["L", "LL", "LU", "LX", "<"];

    private enum RangePlace
    {
        Inside,
        Above,
        Below,

        // Interpreted as abnormal, without a side.
        Outside,
    }

    /// <summary>Whether a value of the finding passes.</summary>
    public Admission Decide(Finding finding)
    {
        var at = ElementCursor.Of(finding.Resource);
        if (filter.Comparison is ValueComparison.Abnormal or ValueComparison.Normal or ValueComparison.AboveRange or ValueComparison.BelowRange)
            return DecideByRange(PlaceOf(at, finding));

        if (filter.Comparison is ValueComparison.Susceptible or ValueComparison.Resistant)
            return SusceptibilityReading.Of(at) is not { } reported ? Admission.Unknown : reported == filter.Comparison ? Admission.Yes : Admission.No;

        var values = finding.Resource.Key.Type switch
        {
            "Observation" => ObservationElements.Values(at, finding.Part),
            "Patient" => ComputedElements.Age(at, context) is { } age ? [age] : [],
            _ => DosageElements.Doses(at),
        };
        var decisions = values.Select(value => DecideValue(finding, value)).ToList();
        return decisions.Contains(Admission.Yes) ? Admission.Yes
            : decisions.Contains(Admission.Unknown) ? Admission.Unknown
            : Admission.No;
    }

    private Admission DecideByRange(RangePlace? place) => (filter.Comparison, place) switch
    {
        (_, null) => Admission.Unknown,
        (ValueComparison.AboveRange or ValueComparison.BelowRange, RangePlace.Outside) => Admission.Unknown,
        (ValueComparison.Normal, RangePlace.Inside) or (ValueComparison.AboveRange, RangePlace.Above) or (ValueComparison.BelowRange, RangePlace.Below) => Admission.Yes,
        (ValueComparison.Abnormal, not RangePlace.Inside) => Admission.Yes,
        _ => Admission.No,
    };

    private Admission DecideValue(Finding finding, ElementValue value)
    {
        if (!Numbers.TryRead(value, out var number))
            return Admission.No;
        if (filter.Unit is { } wanted && !Numbers.TryConvert(units, value, number, wanted, Numbers.LoincOf(finding), out number))
            return Admission.Unknown;

        return filter.Upper is { } upper ? CompareRange(number, value.Comparator, upper) : Compare(number, value.Comparator, filter.Comparison, filter.Bound);
    }

    /// <summary>Between two bounds, or outside them: what one bound settles beside the other.</summary>
    private Admission CompareRange(decimal number, string? comparator, decimal upper)
    {
        var isBetween = filter.Comparison == ValueComparison.Between;
        var (low, high) = isBetween
            ? (Compare(number, comparator, ValueComparison.AtLeast, filter.Bound), Compare(number, comparator, ValueComparison.AtMost, upper))
            : (Compare(number, comparator, ValueComparison.Below, filter.Bound), Compare(number, comparator, ValueComparison.Above, upper));
        var settles = isBetween ? Admission.No : Admission.Yes;
        return low == settles || high == settles ? settles : low == Admission.Unknown || high == Admission.Unknown ? Admission.Unknown : isBetween ? Admission.Yes : Admission.No;
    }

    private static Admission Compare(decimal number, string? comparator, ValueComparison comparison, decimal bound)
    {
        if (comparator is null)
            return Holds(number, comparison, bound) ? Admission.Yes : Admission.No;

        var isUpper = comparator[0] == '<';
        var isStrict = comparator.Length == 1;
        return (comparison, isUpper) switch
        {
            (ValueComparison.Below, true) => number < bound || (isStrict && number <= bound) ? Admission.Yes : Admission.Unknown,
            (ValueComparison.AtMost, true) => number <= bound ? Admission.Yes : Admission.Unknown,
            (ValueComparison.Above, false) => number > bound || (isStrict && number >= bound) ? Admission.Yes : Admission.Unknown,
            (ValueComparison.AtLeast, false) => number >= bound ? Admission.Yes : Admission.Unknown,
            (ValueComparison.Above, true) => number <= bound ? Admission.No : Admission.Unknown,
            (ValueComparison.AtLeast, true) => number < bound || (isStrict && number <= bound) ? Admission.No : Admission.Unknown,
            (ValueComparison.Below, false) => number >= bound ? Admission.No : Admission.Unknown,
            (ValueComparison.AtMost, false) => number > bound || (isStrict && number >= bound) ? Admission.No : Admission.Unknown,
            (_, true) => number < bound || (isStrict && number <= bound) ? Admission.No : Admission.Unknown,
            (_, false) => number > bound || (isStrict && number >= bound) ? Admission.No : Admission.Unknown,
        };
    }

    private static bool Holds(decimal number, ValueComparison comparison, decimal bound) => comparison switch
    {
        ValueComparison.Above => number > bound,
        ValueComparison.AtLeast => number >= bound,
        ValueComparison.Below => number < bound,
        ValueComparison.AtMost => number <= bound,
        _ => number == bound,
    };

    /// <summary>By the record's interpretation, else by its reference range; null when it has neither or they do not decide.</summary>
    private RangePlace? PlaceOf(ElementCursor observation, Finding finding)
    {
        var at = finding.Part >= 0 ? ObservationElements.ComponentAt(observation, finding.Part) : observation;
        if (finding.Resource.Key.Type != "Observation" || at is not { } cursor)
            return null;

        var codes = cursor.Descend("interpretation", "coding", "code").Select(code => code.Text).ToList();
        if (codes.Contains("N"))
            return RangePlace.Inside;
        var (isHigh, isLow) = (codes.Exists(code => code is not null && s_highCodes.Contains(code)), codes.Exists(code => code is not null && s_lowCodes.Contains(code)));
        if (isHigh != isLow)
            return isHigh ? RangePlace.Above : RangePlace.Below;
        if (isHigh || codes.Contains("A") || codes.Contains("AA"))
            return RangePlace.Outside;

        var ranges = cursor.Children("referenceRange").Where(IsNormalRange).ToList();
        var value = ObservationElements.Values(observation, finding.Part).FirstOrDefault();
        if (ranges.Count != 1 || value is not { Comparator: null } || !Numbers.TryRead(value, out _))
            return null;

        var (low, high) = (BoundOf(ranges[0], "low", finding, value), BoundOf(ranges[0], "high", finding, value));
        if ((low is null && high is null) || low?.IsKnown == false || high?.IsKnown == false)
            return null;
        return low?.Beyond < 0 ? RangePlace.Below : high?.Beyond > 0 ? RangePlace.Above : RangePlace.Inside;
    }

    private (bool IsKnown, int Beyond)? BoundOf(ElementCursor range, string name, Finding finding, ElementValue value)
    {
        if (!range.TryChild(name, out var at) || Quantities.Read(at) is not { } bound || !Numbers.TryRead(bound, out var limit) || !Numbers.TryRead(value, out var number))
            return null;
        if (bound.Unit is not null && value.Unit is not null && !Numbers.TryConvert(units, value, number, bound.Unit, Numbers.LoincOf(finding), out number))
            return (false, 0);
        return (true, number.CompareTo(limit));
    }

    private static bool IsNormalRange(ElementCursor range) =>
        !range.TryChild("type", out var type) || CodeableConcepts.Says(type, "normal") || CodeableConcepts.Says(type, "Normal Range");
}
