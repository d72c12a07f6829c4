using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Questions that name a unit. Conversions are asked only where the factor is exact by definition; molar ones where the right value is recorded in that unit.</summary>
internal static class UnitQuestions
{
    public static void Write(QuestionSheet sheet, GoldView view)
    {
        foreach (var series in MeasurementQuestions.Series(view))
        {
            var last = series[^1];
            var alone = series.Count(fact => fact.When == last.When) == 1 && last.HasPlainNumber;
            var trap = MeasurementQuestions.IsOneUnit(series) ? null : "mixed-units";
            if (!alone)
                continue;

            if (last.Key is "glucose" or "potassium" or "sodium")
                Ask(sheet, last, last.Unit!, last.Value!.Value, trap);
            if (last.Key == "weight")
                Ask(sheet, last, "g", last.Value!.Value * 1000m, null);
            if (last.Key == "height")
                Ask(sheet, last, "m", last.Value!.Value / 100m, null);
            if (trap is not null && last.Key == "glucose")
                Highest(sheet, series);
        }
    }

    private static void Ask(QuestionSheet sheet, Fact fact, string unit, decimal value, string? trap) => sheet.Ask(
        "measurement-in-unit",
        new([$"What is the latest {{x}} in {unit}?", $"Most recent {{x}} in {unit}?"], [$"What was my last {{x}} in {unit}?"])
        {
            HeldOut = [$"Give the newest {{x}} in {unit}.", $"How much was the most recent {{x}}, in {unit}?"],
        },
        [value], [fact.Reference], unit, trap, sheet.Pick(fact.Asked));

    /// <summary>The highest of a mixed series, asked in the unit that the highest is recorded in.</summary>
    private static void Highest(QuestionSheet sheet, List<Fact> series)
    {
        var milligrams = series.Where(fact => fact.Unit == "mg/dL").ToList();
        var highest = milligrams.MaxBy(fact => fact.Value)!;
        if (series.Where(fact => fact.Unit != "mg/dL").All(fact => fact.Value * 18.5m < highest.Value))
            sheet.Ask(
                "measurement-highest-in-unit", new(["What is the highest {x} on record in mg/dL?"], ["What was my highest {x} in mg/dL?"]) { HeldOut = ["What was the maximum {x} in mg/dL?"] },
                [highest.Value!.Value], [highest.Reference], "mg/dL", "mixed-units", sheet.Pick(highest.Asked));
    }
}
