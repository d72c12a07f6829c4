using System.Globalization;

namespace MedGemma.Agents.Records.Formulas.Running;

/// <summary>What must be said with a calculated value.</summary>
internal static class FormulaNotes
{
    public static IEnumerable<string> Of(
        ClinicalFormula formula,
        DateTimeOffset moment,
        IReadOnlyList<InputReading> readings,
        IReadOnlyDictionary<MeasuredInput, Measurement> chosen,
        FormulaOutcome.Computed computed,
        decimal? most)
    {
        foreach (var remark in computed.Remarks)
            yield return $"{formula.Title}: {remark}.";

        var settled = readings.OfType<InputReading.Settled>().ToList();
        var taken = readings.OfType<InputReading.Measured>().Where(reading => chosen.ContainsKey(reading.Input)).ToList();
        var said = taken.Select(reading => Said(reading.Input, chosen[reading.Input], moment))
            .Concat(settled.Where(reading => reading.Evidence.Count > 0).Select(reading => reading.Said));
        yield return $"Calculated from {string.Join(", ", said)}.";

        foreach (var reading in taken)
        {
            var used = chosen[reading.Input];
            if (reading.Candidates.Concat(reading.Unusable).Where(other => other.At > used.At).MaxBy(other => other.At) is { } newer)
                yield return $"A newer {reading.Input.Name} is not used: {newer.Recorded} of {newer.Value.Time} ({newer.Problem ?? "not recorded together with the others"}).";
        }

        var notFound = settled.Where(reading => reading is { Input: HistoryInput { IsScored: true }, Evidence.Count: 0 }).Select(reading => reading.Said).ToList();
        if (notFound.Count > 0)
            yield return $"Not found, which is not a documented \"no\": {string.Join(", ", notFound)}.{Bound(formula, computed.Value, most)}";

        var without = settled.Where(reading => reading is { Input: HistoryInput { IsScored: false }, Evidence.Count: 0 }).Select(reading => reading.Said).ToList();
        if (without.Count > 0)
            yield return $"Calculated as without, because the record is complete and has none: {string.Join(", ", without)}.";

        yield return $"{formula.Validity} Source: {formula.Source}";
    }

    private static string Bound(ClinicalFormula formula, decimal least, decimal? most) =>
        most == least ? ""
        : most is { } all ? string.Create(CultureInfo.InvariantCulture, $" {formula.Title} is at least {least}; with all of them it would be {all}.")
        : string.Create(CultureInfo.InvariantCulture, $" {formula.Title} is at least {least}.");

    private static string Said(MeasuredInput input, Measurement taken, DateTimeOffset moment)
    {
        var labels = taken.Value.Qualifiers.Count > 0 ? $", {string.Join(", ", taken.Value.Qualifiers)}" : "";
        var converted = taken.Value.Derivation is null ? "" : $" = {decimal.Round(taken.Number, 3):0.###} {input.Unit}";
        return $"{input.Name} {taken.Recorded}{converted} ({taken.Value.Time}, {taken.AgeAt(moment)}{labels})";
    }
}
