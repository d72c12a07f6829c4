using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Measurements during a stay, before and after an operation, in the last hours.</summary>
internal static class WindowQuestions
{
    private static readonly Wording HighestInStay = new(
        ["What was the highest {x} during the last hospital stay?", "Peak {x} during the most recent admission?"], ["What was my highest {x} during my last hospital stay?"])
    {
        HeldOut = ["What was the peak {x} while last in hospital?", "What was the maximum {x} during the latest hospital stay?"],
    };

    private static readonly Wording CountInStay = new(
        ["How many times was {x} measured during the last hospital stay?"], ["How many times was my {x} measured during my last hospital stay?"])
    {
        HeldOut = ["What is the number of {x} measurements during the last hospital stay?"],
    };

    private static readonly Wording HighestToday = new(["What was the highest {x} in the last 24 hours?", "Highest {x} over the past 24 hours?"], ["What was my highest {x} in the last 24 hours?"])
    {
        HeldOut = ["What was the peak {x} within the last 24 hours?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        // Some sources call an emergency visit an admission: asked only where the last one is a stay either way.
        var last = view.Of(FactKind.Admission).LastOrDefault();
        var stay = view.Of(FactKind.Emergency).Exists(emergency => emergency.When > last?.When) ? null : last;
        foreach (var series in MeasurementQuestions.Series(view).Where(MeasurementQuestions.IsOneUnit))
        {
            if (series.Any(fact => !fact.HasPlainNumber) || (series[0].Key is "temperature" or "potassium"))
                continue;

            var name = sheet.Pick(series[0].Asked);
            if (stay is not null)
                AskStay(sheet, series.Where(fact => fact.When >= stay.When && !(fact.When >= stay.End)).ToList(), name);

            var day = series.Where(fact => fact.When > view.Now.AddHours(-24)).ToList();
            if (day.Count > 0)
                sheet.Ask("measurement-highest-24h", HighestToday, [day.Max(fact => fact.Value)!.Value], Highest(day), day[0].Unit, subject: name);

            AskAround(sheet, view, series, name);
        }
    }

    private static void AskStay(QuestionSheet sheet, List<Fact> inside, string name)
    {
        if (inside.Count == 0)
            return;

        sheet.Ask("measurement-highest-in-stay", HighestInStay, [inside.Max(fact => fact.Value)!.Value], Highest(inside), inside[0].Unit, subject: name);
        sheet.Ask("measurement-count-in-stay", CountInStay, [inside.Count], inside.Select(fact => fact.Reference), subject: name);
    }

    private static void AskAround(QuestionSheet sheet, GoldView view, List<Fact> series, string name)
    {
        foreach (var operation in view.Of(FactKind.Procedure).Where(fact => fact.Key is "11466000" or "392021009"))
        {
            var called = operation.Asked[0];
            if (series.LastOrDefault(fact => fact.When < operation.When) is { } before && series.Count(fact => fact.When == before.When) == 1)
                sheet.Ask(
                    "measurement-before-procedure", new([$"What was the last {{x}} before the {called}?"], [$"What was my last {{x}} before the {called}?"])
                    {
                        HeldOut = [$"Give the latest {{x}} prior to the {called}."],
                    },
                    [before.Value!.Value], [before.Reference], before.Unit, subject: name);
            if (series.FirstOrDefault(fact => fact.When > operation.When) is { } after && series.Count(fact => fact.When == after.When) == 1)
                sheet.Ask(
                    "measurement-after-procedure", new([$"What was the first {{x}} after the {called}?"], [$"What was my first {{x}} after the {called}?"])
                    {
                        HeldOut = [$"Give the earliest {{x}} following the {called}."],
                    },
                    [after.Value!.Value], [after.Reference], after.Unit, subject: name);
        }
    }

    private static IEnumerable<string> Highest(List<Fact> facts)
    {
        var highest = facts.Max(fact => fact.Value);
        return facts.Where(fact => fact.Value == highest).Select(fact => fact.Reference);
    }
}
