using System.Globalization;
using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Questions of the record suite beyond those of the fixtures.</summary>
internal static class FurtherQuestions
{
    private static readonly Wording Previous = new(
        ["What was the {x} before the most recent one?", "What was the second to last {x}?"], ["What was my {x} before the last one?"])
    {
        HeldOut = ["Which {x} value precedes the latest one?", "What was the previous {x}?"],
    };

    private static readonly Wording LowestTime = new(["When was the lowest {x} measured?", "When was {x} at its lowest?"], ["When was my {x} at its lowest?"])
    {
        HeldOut = ["On what date did {x} reach its minimum?"],
    };

    private static readonly Wording Relative = new(
        ["Which relative had {x}?", "Who in the family had {x}?"], ["Who in my family had {x}?"])
    {
        HeldOut = ["Which family member is recorded with {x}?"],
    };

    private static readonly Wording AllergyCount = new(["How many allergies are recorded?", "How many allergies does the patient have?"], ["How many allergies do I have?"])
    {
        HeldOut = ["What is the number of allergies on record?"],
    };

    private static readonly Wording EmergencyLast = new(
        ["When was the last emergency department visit?", "When was the patient last in the emergency department?"], ["When was I last in the emergency department?"])
    {
        HeldOut = ["On what date did the most recent emergency visit begin?"],
    };

    private static readonly Wording Removed = new(["When was the {x} removed?", "When was the {x} taken out?"], ["When was my {x} removed?"])
    {
        HeldOut = ["On what date did the {x} come out?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        foreach (var series in MeasurementQuestions.Series(view).Where(MeasurementQuestions.IsOneUnit))
        {
            // Whether a result without value, or one under an impossible unit, is one more measurement can be argued: not asked.
            if (series.Any(fact => !fact.HasPlainNumber) || series[0].Key is "temperature" or "potassium")
                continue;

            AskSeries(sheet, series, sheet.Pick(series[0].Asked));
        }

        foreach (var relative in view.Of(FactKind.FamilyHistory))
            sheet.Ask("family-history-relative", Relative, [relative.Text!], [relative.Reference], subject: "stroke");

        AskRest(sheet, view);
    }

    private static void AskSeries(QuestionSheet sheet, List<Fact> series, string name)
    {
        var apart = series.Select(fact => fact.When).Distinct().Count() == series.Count;
        if (apart && series.Count > 2)
            sheet.Ask("measurement-previous", Previous, [series[^2].Value!.Value], [series[^2].Reference], series[^2].Unit, subject: name);

        var lowest = series.Where(fact => fact.Value == series.Min(other => other.Value)).ToList();
        if (lowest.Count == 1 && series.Count > 1)
            sheet.Ask("measurement-lowest-time", LowestTime, [lowest[0].WhenText], [lowest[0].Reference], subject: name);

        var year = series[series.Count / 2].When.Year;
        var during = series.Where(fact => fact.When.Year == year).ToList();
        if (during.Count < 2 || series.Any(fact => fact.When.Year != fact.When.UtcDateTime.Year))
            return;

        sheet.Ask(
            "measurement-average-absolute-window",
            new([$"What was the average {{x}} in {year}?", $"What was the mean {{x}} during {year}?"], [$"What was my average {{x}} in {year}?"])
            {
                HeldOut = [$"What did {{x}} average in {year}?"],
            },
            [during.Average(fact => fact.Value!.Value)], during.Select(fact => fact.Reference), during[0].Unit, subject: name);
        sheet.Ask(
            "measurement-count-in-year",
            new([$"How many {{x}} measurements were there in {year}?", $"How often was {{x}} measured in {year}?"], [$"How many times was my {{x}} measured in {year}?"])
            {
                HeldOut = [$"What is the number of {{x}} measurements during {year}?"],
            },
            [during.Count], during.Select(fact => fact.Reference), subject: name);
        AskBelow(sheet, series, name);
    }

    private static void AskBelow(QuestionSheet sheet, List<Fact> series, string name)
    {
        var values = series.Select(fact => fact.Value!.Value).Order().ToList();
        var bound = (decimal.Ceiling(values[1] * 10m) / 10m).ToString(CultureInfo.InvariantCulture);
        var under = series.Where(fact => fact.Value < decimal.Parse(bound, CultureInfo.InvariantCulture)).ToList();
        if (under.Count > 0)
            sheet.Ask(
                "measurement-ever-below",
                new([$"Has {{x}} ever been below {bound}?", $"Was {{x}} ever under {bound}?"], [$"Has my {{x}} ever been below {bound}?"])
                {
                    HeldOut = [$"Is there any {{x}} below {bound}?"],
                },
                [true], under.Select(fact => fact.Reference), subject: name);
    }

    private static void AskRest(QuestionSheet sheet, GoldView view)
    {
        var allergies = view.Of(FactKind.Allergy);
        if (allergies.Count > 0)
            sheet.Ask("allergy-count", AllergyCount, [allergies.Count], allergies.Select(fact => fact.Reference));

        var emergencies = view.Of(FactKind.Emergency);
        sheet.Ask("emergency-last", EmergencyLast, [.. emergencies.TakeLast(1).Select(fact => (object)fact.WhenText)], emergencies.TakeLast(1).Select(fact => fact.Reference));
        foreach (var device in view.Of(FactKind.Device).Where(fact => fact.EndText is not null))
            sheet.Ask("device-removed", Removed, [device.EndText!], [device.Reference], subject: sheet.Pick(device.Asked));
    }
}
