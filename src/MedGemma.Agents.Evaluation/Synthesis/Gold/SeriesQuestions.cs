using System.Globalization;
using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Highest, lowest, average, how many, ever above, trend, change: questions about whole series.</summary>
internal static class SeriesQuestions
{
    private static readonly Wording Highest = new(
        ["What is the highest {x} on record?", "What was the patient's highest {x} ever?", "What is the maximum recorded {x}?", "What was the peak {x}?"],
        ["What was my highest {x} ever?", "How high has my {x} been at most?"])
    {
        HeldOut = ["Which {x} value was the highest ever?", "What was the greatest {x} on file?"],
    };

    private static readonly Wording Lowest = new(
        ["What is the lowest {x} on record?", "What was the patient's lowest {x} ever?", "What is the minimum recorded {x}?"], ["What was my lowest {x} ever?"])
    {
        HeldOut = ["Which {x} value was the lowest ever?", "What was the smallest {x} on file?"],
    };

    private static readonly Wording HighestTime = new(["When was the highest {x} measured?", "When was {x} at its highest?"], ["When was my {x} at its highest?"])
    {
        HeldOut = ["On what date did {x} reach its maximum?", "When did {x} peak?"],
    };

    private static readonly Wording Average = new(
        ["What is the average of all recorded {x} values?", "What was the mean {x} over the whole record?"], ["What is the average of all my {x} values?"])
    {
        HeldOut = ["What does {x} average over all recorded values?", "Average {x} across the whole chart?"],
    };

    private static readonly Wording Count = new(
        ["How many {x} measurements are on record?", "How many times has {x} been measured?", "How often was {x} measured?"], ["How many times has my {x} been measured?"])
    {
        HeldOut = ["What is the number of {x} results on file?", "How many {x} values exist?"],
    };

    private static readonly Wording Change = new(
        ["By how much has {x} changed from the first to the latest value?", "What is the difference between the latest and the first {x}?"],
        ["By how much has my {x} changed from the first to the latest value?"])
    {
        HeldOut = ["How much higher or lower is the latest {x} than the first?", "What is the change in {x} between the first and the most recent value?"],
    };

    private static readonly Wording Trend = new(["Is {x} rising or falling?", "What is the trend of {x}?", "How is {x} trending over the whole record?"], ["Is my {x} rising or falling?"])
    {
        HeldOut = ["In which direction is {x} going?", "Has {x} been rising or falling over time?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        foreach (var series in MeasurementQuestions.Series(view).Where(MeasurementQuestions.IsOneUnit))
        {
            // Whether a result without value, or one under an impossible unit, is one more measurement can be argued: not asked.
            if ((series[0].Key == "temperature" && view.HasTrap("implausible-unit")) || (series[0].Key == "potassium" && view.HasTrap("data-absent-reason")))
                continue;

            var numbers = series.Where(fact => fact.HasPlainNumber).ToList();
            var name = sheet.Pick(series[0].Asked);
            var all = series.Select(fact => fact.Reference).ToList();
            sheet.Ask("measurement-count", Count, [series.Count], all, subject: name);
            if (numbers.Count > 1)
                AskExtremes(sheet, numbers, name, series.Count == numbers.Count);
            if (numbers.Count < 3)
                continue;

            sheet.Ask("measurement-average", Average, [numbers.Average(fact => fact.Value!.Value)], numbers.Select(fact => fact.Reference), series[0].Unit, Comparators(series), name);
            AskWindow(sheet, view, series, numbers, name);
            AskThreshold(sheet, numbers, name);
            AskDirection(sheet, series, numbers, name);
        }
    }

    private static string? Comparators(List<Fact> series) => series.Any(fact => fact.Comparator is not null) ? "comparator" : null;

    private static void AskExtremes(QuestionSheet sheet, List<Fact> numbers, string name, bool complete)
    {
        var highest = numbers.Where(fact => fact.Value == numbers.Max(other => other.Value)).ToList();
        sheet.Ask("measurement-highest", Highest, [highest[0].Value!.Value], highest.Select(fact => fact.Reference), highest[0].Unit, subject: name);
        if (highest.Count == 1)
            sheet.Ask("measurement-highest-time", HighestTime, [highest[0].WhenText], [highest[0].Reference], subject: name);

        var lowest = numbers.Where(fact => fact.Value == numbers.Min(other => other.Value)).ToList();
        if (complete)
            sheet.Ask("measurement-lowest", Lowest, [lowest[0].Value!.Value], lowest.Select(fact => fact.Reference), lowest[0].Unit, subject: name);
    }

    private static void AskWindow(QuestionSheet sheet, GoldView view, List<Fact> series, List<Fact> numbers, string name)
    {
        if (view.UnambiguousYears(series, count => count > 1 && count < series.Count) is { } years)
        {
            var from = view.Now.AddYears(-years);
            var inside = series.Where(fact => fact.When >= from).ToList();
            var inWords = years switch { 2 => "two", 3 => "three", 4 => "four", _ => "five" };
            sheet.Ask(
                "measurement-count-relative-window",
                new([$"How many {{x}} measurements were there in the last {inWords} years?", $"How often was {{x}} measured in the past {years} years?"], [$"How many times was my {{x}} measured in the last {inWords} years?"])
                {
                    HeldOut = [$"What is the number of {{x}} measurements within the past {inWords} years?"],
                },
                [inside.Count], inside.Select(fact => fact.Reference), subject: name);
        }

        var year = numbers[numbers.Count / 2].When.Year;
        var during = numbers.Where(fact => fact.When.Year == year).ToList();
        if (during.Any(fact => fact.WhenText[..4] != fact.When.UtcDateTime.Year.ToString(CultureInfo.InvariantCulture)))
            return;

        sheet.Ask(
            "measurement-highest-absolute-window",
            new([$"What was the highest {{x}} in {year}?", $"What was the maximum {{x}} during {year}?"], [$"What was my highest {{x}} in {year}?"])
            {
                HeldOut = [$"Which {{x}} value was the highest in {year}?", $"Peak {{x}} in {year}?"],
            },
            [during.Max(fact => fact.Value)!.Value], during.Where(fact => fact.Value == during.Max(other => other.Value)).Select(fact => fact.Reference), numbers[0].Unit, subject: name);
        var month = numbers[numbers.Count / 2].When;
        var since = numbers.Where(fact => fact.When >= new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, month.Offset)).ToList();
        var monthName = month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        sheet.Ask(
            "measurement-count-absolute-window", new([$"How many {{x}} measurements have there been since {monthName}?"], [$"How many times has my {{x}} been measured since {monthName}?"])
            {
                HeldOut = [$"What is the number of {{x}} measurements since {monthName}?"],
            },
            [since.Count], since.Select(fact => fact.Reference), subject: name);
    }

    private static void AskThreshold(QuestionSheet sheet, List<Fact> numbers, string name)
    {
        var values = numbers.Select(fact => fact.Value!.Value).Order().ToList();
        var bound = decimal.Floor(values[^2] * 10m) / 10m;
        var over = numbers.Where(fact => fact.Value > bound).ToList();
        if (over.Count > 0)
            sheet.Ask(
                "measurement-ever-above", new([$"Has {{x}} ever been above {bound}?", $"Was {{x}} ever above {bound}?"], [$"Has my {{x}} ever been above {bound}?"])
                {
                    HeldOut = [$"Did {{x}} ever exceed {bound}?", $"Is there any {{x}} above {bound}?"],
                },
                [true], over.Select(fact => fact.Reference), subject: name);

        var far = decimal.Ceiling(values[^1] * 1.5m) + 1m;
        sheet.Ask(
            "measurement-ever-above", new([$"Has {{x}} ever been over {far}?", $"Was {{x}} ever higher than {far}?"], [$"Has my {{x}} ever been over {far}?"])
            {
                HeldOut = [$"Did {{x}} ever exceed {far}?", $"Is there any {{x}} above {far}?"],
            },
            [false], [], subject: name);
        if (over.Count > 0)
            sheet.Ask(
                "measurement-count-above", new([$"How many {{x}} values were above {bound}?", $"How many times was {{x}} above {bound}?"], [$"How many times was my {{x}} above {bound}?"])
                {
                    HeldOut = [$"How often did {{x}} exceed {bound}?"],
                },
                [over.Count], over.Select(fact => fact.Reference), subject: name);
    }

    private static void AskDirection(QuestionSheet sheet, List<Fact> series, List<Fact> numbers, string name)
    {
        var first = numbers[0];
        var last = numbers[^1];
        if (series.Count != numbers.Count || numbers.Count(fact => fact.When == first.When || fact.When == last.When) != 2)
            return;

        sheet.Ask("measurement-change", Change, [last.Value!.Value - first.Value!.Value], [first.Reference, last.Reference], first.Unit, subject: name);
        var rises = numbers.Zip(numbers.Skip(1)).Count(pair => pair.Second.Value > pair.First.Value);
        var share = (decimal)rises / (numbers.Count - 1);
        var range = numbers.Max(fact => fact.Value) - numbers.Min(fact => fact.Value);
        var clear = Math.Abs(last.Value!.Value - first.Value!.Value) >= 0.6m * range;
        if (numbers.Count >= 5 && clear && (share > 0.8m || share < 0.2m))
            sheet.Ask("measurement-trend", Trend, [share > 0.8m ? "rising" : "falling"], numbers.Select(fact => fact.Reference), subject: name);
    }
}
