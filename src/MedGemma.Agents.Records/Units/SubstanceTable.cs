using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Units;

/// <summary>Conversions that hold for one substance only, by LOINC code, from <c>Units/Data/substances.json</c>.</summary>
internal sealed class SubstanceTable
{
    private static readonly UnitDimension Gram = UnitDimension.Of("g");
    private static readonly UnitDimension Mole = UnitDimension.Of("mol");
    private static readonly UnitDimension Equivalent = UnitDimension.Of("eq");
    private static readonly UnitDimension Unit = UnitDimension.Of("U");
    private static readonly UnitDimension InternationalUnit = UnitDimension.Of("IU");
    private static readonly UnitDimension ArbitraryUnit = UnitDimension.Of("arbU");

    private readonly FrozenDictionary<string, Substance> _substances;
    private readonly FrozenSet<string> _hba1c;
    private readonly FrozenSet<string> _activities;
    private readonly Rational _slope;
    private readonly Rational _intercept;

    private SubstanceTable(SubstanceFile file)
    {
        _substances = file.Substances
            .SelectMany(row => row.Loinc.Select(code => KeyValuePair.Create(
                code,
                new Substance(row.Name, row.Grams is null ? null : Rational.Parse(row.Grams), row.Charge is { } charge ? Rational.Of(charge, 1) : null, row.Below ? -1 : 1))))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _hba1c = file.Hba1c.Loinc.ToFrozenSet(StringComparer.Ordinal);
        _activities = file.Activities.Loinc.ToFrozenSet(StringComparer.Ordinal);
        _slope = Rational.Parse(file.Hba1c.Slope);
        _intercept = Rational.Parse(file.Hba1c.Intercept);
    }

    public static SubstanceTable Load() => new(UnitData.Read<SubstanceFile>("substances.json"));

    public bool TryConvert(Rational value, UcumUnit from, UcumUnit to, string loinc, out Rational result, out string? factor)
    {
        if (_hba1c.Contains(loinc))
            return TryHba1c(value, from, to, out result, out factor);

        result = default;
        factor = null;
        if (_activities.Contains(loinc))
            return TryActivity(value, from, to, out result, out factor);

        if (!_substances.TryGetValue(loinc, out var substance))
            return false;

        // Moles over moles or grams over grams hide which substance stands where; only one side may differ.
        if (from.HasMolarRatio || to.HasMolarRatio)
            return false;

        foreach (var (taken, given, size) in substance.Exchanges())
        {
            if (!from.Dimension.Times(taken, -substance.Side).Times(given, substance.Side).Equals(to.Dimension))
                continue;

            var ratio = from.Factor * size.Power(substance.Side) / to.Factor;
            result = value * ratio;
            factor = $"× {ratio} ({substance.Name})";
            return true;
        }

        return false;
    }

    private static bool TryActivity(Rational value, UcumUnit from, UcumUnit to, out Rational result, out string? factor)
    {
        result = default;
        factor = null;
        if (!Plain(from).Equals(Plain(to)))
            return false;

        var ratio = from.Factor / to.Factor;
        result = value * ratio;
        factor = $"× {ratio} (activity units)";
        return true;

        static UnitDimension Plain(UcumUnit unit)
        {
            var international = unit.Dimension.Exponent("IU");
            var arbitrary = unit.Dimension.Exponent("arbU");
            return unit.Dimension
                .Times(InternationalUnit, -international)
                .Times(ArbitraryUnit, -arbitrary)
                .Times(Unit, international + arbitrary);
        }
    }

    private bool TryHba1c(Rational value, UcumUnit from, UcumUnit to, out Rational result, out string? factor)
    {
        result = default;
        factor = null;
        if (!from.Dimension.Equals(UnitDimension.None) || !to.Dimension.Equals(UnitDimension.None) || from.HasMolarRatio == to.HasMolarRatio)
            return false;

        var percent = Rational.TenTo(-2);
        var perMille = Rational.TenTo(-3);
        if (to.HasMolarRatio)
        {
            var ngsp = value * from.Factor / percent;
            result = (ngsp - _intercept) / _slope * perMille / to.Factor;
            factor = $"(NGSP % − {_intercept}) / {_slope}";
        }
        else
        {
            var ifcc = value * from.Factor / perMille;
            result = ((ifcc * _slope) + _intercept) * percent / to.Factor;
            factor = $"{_slope} × IFCC mmol/mol + {_intercept}";
        }

        return true;
    }

    private sealed record Substance(string Name, Rational? Grams, Rational? Charge, int Side)
    {
        /// <summary>The base quantity taken away, the one given for it, and how much of the second one of the first is.</summary>
        public IEnumerable<(UnitDimension Taken, UnitDimension Given, Rational Size)> Exchanges()
        {
            if (Grams is { } grams)
            {
                yield return (Gram, Mole, Rational.One / grams);
                yield return (Mole, Gram, grams);
            }

            if (Charge is { } charge)
            {
                yield return (Mole, Equivalent, charge);
                yield return (Equivalent, Mole, Rational.One / charge);
            }

            if (Grams is { } mass && Charge is { } ions)
            {
                yield return (Gram, Equivalent, ions / mass);
                yield return (Equivalent, Gram, mass / ions);
            }
        }
    }
}
