using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Documents;
using MedGemma.Agents.Records.Formulas;
using MedGemma.Agents.Records.Formulas.Running;
using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries.Derivations;

/// <summary>Computes a derived value again from nothing but its derivation. Safe for concurrent use.</summary>
/// <param name="units">Converts units; the same that the values were computed with.</param>
public sealed class DerivationRecomputer(IUnitConverter units)
{
    /// <summary>Computes the value that a derivation stands for.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="value">The value, when it can be computed.</param>
    /// <returns>False when the operation is unknown or its inputs and parameters do not suffice.</returns>
    public bool TryRecompute(Derivation derivation, out JsonElement value)
    {
        var computed = Recompute(derivation);
        value = computed is null ? default : JsonSerializer.SerializeToElement(computed, computed.GetType());
        return computed is not null;
    }

    private object? Recompute(Derivation derivation) => derivation.Operation switch
    {
        "count" => derivation.Inputs.Count,
        "exists" => derivation.Inputs.Count > 0,
        "count-distinct" => Distinct(derivation),
        "mean" => TryNumbers(derivation, out var numbers) && numbers.Count > 0 ? DerivedValues.Mean(numbers) : null,
        "median" => TryNumbers(derivation, out var numbers) && numbers.Count > 0 ? DerivedValues.Median(numbers) : null,
        "sum" => TryNumbers(derivation, out var numbers) ? DerivedValues.Sum(numbers) : null,
        "delta" => TryNumbers(derivation, out var numbers) && numbers.Count == 2 ? numbers[1] - numbers[0] : null,
        "fall" => TryNumbers(derivation, out var numbers) && numbers.Count == 2 ? numbers[0] - numbers[1] : null,
        "delta-percent" or "fall-percent" => TryNumbers(derivation, out var numbers) && numbers.Count == 2 ? DerivedValues.PercentChange(numbers[0], numbers[1], derivation.Operation == "fall-percent") : null,
        "higher" or "lower" => TryNumbers(derivation, out var numbers) && numbers.Count == 2 ? DerivedValues.IsChanged(numbers[0], numbers[1], derivation.Operation == "higher") : null,
        "convert" => TryNumbers(derivation, out var numbers) && numbers.Count == 1 ? numbers[0] : null,
        "trend" => TryFit(derivation, out var fit) ? fit.Direction : null,
        "slope" => TryFit(derivation, out var fit) ? fit.SlopePerDay : null,
        "time-between" or "duration" => Length(derivation),
        "age" => Age(derivation),
        DerivationParameters.Calculate => FormulaDerivation.Compute(derivation, units) is FormulaOutcome.Computed computed ? computed.Value : null,
        DerivationParameters.Decode => Decode(derivation),
        DerivationParameters.Narrative => derivation.Inputs is [{ Value.ValueKind: JsonValueKind.String } div] ? HtmlText.Read(div.Value.GetString()!).Text : null,
        _ => null,
    };

    private static string? Decode(Derivation derivation)
    {
        var format = TextFormat.Plain;
        return derivation.Inputs is [{ Value.ValueKind: JsonValueKind.String } data]
            && (!derivation.Parameters.TryGetValue(DerivationParameters.Format, out var name) || Enum.TryParse(name, ignoreCase: true, out format))
            && DerivedValues.TryDecode(data.Value.GetString()!, out var bytes)
                ? DocumentReader.Read(format, bytes, derivation.Parameters.GetValueOrDefault(DerivationParameters.Charset)).Text
                : null;
    }

    private static int? Distinct(Derivation derivation)
    {
        if (!derivation.Parameters.TryGetValue(DerivationParameters.Concepts, out var groups))
            return null;

        var numbers = groups.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == derivation.Inputs.Count ? numbers.Distinct(StringComparer.Ordinal).Count() : null;
    }

    private bool TryNumbers(Derivation derivation, out List<decimal> numbers)
    {
        numbers = [];
        if (derivation.Parameters.ContainsKey(DerivationParameters.Of))
            return TryDurations(derivation, numbers);

        for (var input = 0; input < derivation.Inputs.Count; input++)
        {
            var evidence = derivation.Inputs[input];
            if (evidence.Value.ValueKind != JsonValueKind.Number || !evidence.Value.TryGetDecimal(out var number))
                return false;

            if (derivation.Parameters.TryGetValue(DerivationParameters.FromUnit(input), out var from))
            {
                if (!derivation.Parameters.TryGetValue(DerivationParameters.Unit, out var unit)
                    || !units.TryConvert(number, from, unit, derivation.Parameters.GetValueOrDefault(DerivationParameters.Loinc(input)), out var conversion))
                    return false;
                number = conversion.Value;
            }

            numbers.Add(number);
        }

        return true;
    }

    private static bool TryDurations(Derivation derivation, List<decimal> numbers)
    {
        if (derivation.Parameters[DerivationParameters.Of] != "duration" || derivation.Inputs.Count % 2 != 0 || !TryZone(derivation, out var zone))
            return false;

        for (var input = 0; input < derivation.Inputs.Count; input += 2)
        {
            if (!TryLength(derivation, TextOf(derivation.Inputs[input]), TextOf(derivation.Inputs[input + 1]), zone, out var length))
                return false;
            numbers.Add(length);
        }

        return true;
    }

    private bool TryFit(Derivation derivation, [NotNullWhen(true)] out SeriesFit? fit)
    {
        fit = null;
        if (!TryNumbers(derivation, out var numbers) || !TryZone(derivation, out var zone))
            return false;

        var inputsEach = derivation.Parameters.ContainsKey(DerivationParameters.Of) ? 2 : 1;
        var points = new List<(DateTimeOffset, decimal)>();
        for (var input = 0; input < numbers.Count; input++)
        {
            if (!RecordedMoment.TryParse(derivation.Inputs[input * inputsEach].Time, zone, out var moment))
                return false;
            points.Add((moment.Start, numbers[input]));
        }

        return DerivedValues.TryFit(points, out fit);
    }

    private static decimal? Length(Derivation derivation)
    {
        if (derivation.Inputs.Count is 0 or > 2 || !TryZone(derivation, out var zone))
            return null;

        var from = TextOf(derivation.Inputs[0]);
        if (derivation.Inputs.Count == 2)
            return TryLength(derivation, from, TextOf(derivation.Inputs[1]), zone, out var between) ? between : null;

        var asOf = derivation.Parameters.GetValueOrDefault(DerivationParameters.AsOf);
        return DerivedValues.TryLengthToNow(from, asOf, zone, UnitOf(derivation), IsWhole(derivation), out var length) ? length : null;
    }

    private static bool TryLength(Derivation derivation, string? from, string? until, TimeZoneInfo zone, out decimal length) =>
        DerivedValues.TryLength(from, until, zone, UnitOf(derivation), IsWhole(derivation), out length);

    private static string UnitOf(Derivation derivation) => derivation.Parameters.GetValueOrDefault(DerivationParameters.Unit, LengthUnits.Days);

    private static bool IsWhole(Derivation derivation) => derivation.Parameters.ContainsKey(DerivationParameters.Whole);

    private static int? Age(Derivation derivation)
    {
        if (derivation.Inputs.Count is 0 or > 2
            || !TryZone(derivation, out var zone)
            || !derivation.Parameters.TryGetValue(DerivationParameters.AsOf, out var text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var asOf))
            return null;

        var death = derivation.Inputs.Count == 2 ? TextOf(derivation.Inputs[1]) : null;
        return DerivedValues.TryAge(TextOf(derivation.Inputs[0]), death, asOf, zone, out var years) ? years : null;
    }

    private static bool TryZone(Derivation derivation, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return derivation.Parameters.TryGetValue(DerivationParameters.Zone, out var id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone);
    }

    private static string? TextOf(Evidence evidence) => evidence.Value.ValueKind == JsonValueKind.String ? evidence.Value.GetString() : null;
}
