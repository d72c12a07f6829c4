using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>Computes a formula from its derivation alone; running a query and checking its proof both go this way.</summary>
internal static class FormulaDerivation
{
    /// <summary>What the formula gives; null when the derivation does not hold what the formula needs.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="units">Converts units.</param>
    /// <param name="present">Histories that are not found and are taken as if they were; null for none.</param>
    public static FormulaOutcome? Compute(Derivation derivation, IUnitConverter units, IReadOnlyCollection<string>? present = null)
    {
        if (!derivation.Parameters.TryGetValue(DerivationParameters.Formula, out var word) || FormulaCatalog.Find(word) is not { } formula)
            return null;

        var byInput = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < derivation.Inputs.Count; i++)
        {
            if (!derivation.Parameters.TryGetValue(DerivationParameters.Input(i), out var name))
                return null;
            if (!byInput.TryGetValue(name, out var places))
                byInput.Add(name, places = []);
            places.Add(i);
        }

        var absent = derivation.Parameters.GetValueOrDefault(DerivationParameters.Absent)?.Split(';') ?? [];
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var history = new Dictionary<string, bool>(StringComparer.Ordinal);
        bool? isFemale = null;
        foreach (var input in formula.Inputs)
        {
            var at = byInput.GetValueOrDefault(input.Name) ?? [];
            switch (input)
            {
                case MeasuredInput when at.Count == 0 && input.IsOptional:
                    break;
                case MeasuredInput measured when at.Count == 1 && TryNumber(derivation, at[0], measured, units, out var number):
                    numbers.Add(input.Name, number);
                    break;
                case AgeInput when TryAge(derivation, at, out var years):
                    numbers.Add(input.Name, years);
                    break;
                case SexInput when at.Count == 1 && SexReading.TryRead(TextOf(derivation.Inputs[at[0]]), out var female):
                    isFemale = female;
                    break;
                case HistoryInput recorded when at.Count >= recorded.Times:
                    history.Add(input.Name, true);
                    break;
                case HistoryInput when at.Count == 0 && absent.Contains(input.Name, StringComparer.Ordinal):
                    history.Add(input.Name, present?.Contains(input.Name) == true);
                    break;
                default:
                    return null;
            }
        }

        return formula.Compute(new FormulaValues(numbers, history, isFemale));
    }

    private static bool TryNumber(Derivation derivation, int at, MeasuredInput input, IUnitConverter units, out decimal number)
    {
        var evidence = derivation.Inputs[at];
        number = 0;
        if (evidence.Value.ValueKind != JsonValueKind.Number || !evidence.Value.TryGetDecimal(out number))
            return false;
        if (!derivation.Parameters.TryGetValue(DerivationParameters.FromUnit(at), out var from))
            return true;
        if (!units.TryConvert(number, from, input.Unit, derivation.Parameters.GetValueOrDefault(DerivationParameters.Loinc(at)), out var conversion))
            return false;

        number = conversion.Value;
        return true;
    }

    private static bool TryAge(Derivation derivation, List<int> at, out int years)
    {
        years = 0;
        return at.Count is 1 or 2
            && derivation.Parameters.TryGetValue(DerivationParameters.Zone, out var id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            && derivation.Parameters.TryGetValue(DerivationParameters.AsOf, out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment)
            && DerivedValues.TryAge(TextOf(derivation.Inputs[at[0]]), at.Count == 2 ? TextOf(derivation.Inputs[at[1]]) : null, moment, zone, out years);
    }

    private static string? TextOf(Evidence evidence) => evidence.Value.ValueKind == JsonValueKind.String ? evidence.Value.GetString() : null;
}
