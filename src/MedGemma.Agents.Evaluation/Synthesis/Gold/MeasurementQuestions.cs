using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Latest, first, second and normal: questions about single measurements.</summary>
internal static class MeasurementQuestions
{
    private static readonly Wording Latest = new(
        ["What is the latest {x}?", "What was the patient's most recent {x}?", "Most recent {x}?", "What did the last {x} show?"],
        ["What was my last {x}?", "What is my most recent {x}?", "Can you tell me my latest {x}?"])
    {
        HeldOut = ["Give the newest {x} result.", "What is the {x} as of the most recent measurement?"],
    };

    private static readonly Wording LatestTime = new(
        ["When was {x} last measured?", "When was the most recent {x} taken?", "What is the date of the last {x}?"],
        ["When was my {x} last checked?", "When did I last have my {x} measured?"])
    {
        HeldOut = ["On what date was the latest {x} obtained?", "When did the last {x} measurement take place?"],
    };

    private static readonly Wording First = new(
        ["What was the first recorded {x}?", "What was the patient's very first {x}?", "What was the earliest {x} on record?"], ["What was my first {x}?", "What was my {x} the first time it was measured?"])
    {
        HeldOut = ["What did {x} read when it was first measured?", "Initial {x} on file?"],
    };

    private static readonly Wording Second = new(["What was the second recorded {x}?", "What was the second {x} on record?"], ["What was my second {x}?"])
    {
        HeldOut = ["What was the {x} the second time it was measured?", "Which {x} value came second?"],
    };

    private static readonly Wording Normal = new(
        ["Was the last {x} normal?", "Is the latest {x} within the reference range?", "Was the most recent {x} normal?"], ["Was my last {x} normal?", "Is my latest {x} normal?"])
    {
        HeldOut = ["Does the latest {x} lie within normal limits?", "Is the most recent {x} in range?"],
    };

    private static readonly Wording Ever = new(["Has {x} ever been measured?", "Has the patient ever had {x} checked?"], ["Have I ever had my {x} measured?"])
    {
        HeldOut = ["Is there any {x} on record?", "Was {x} ever measured?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        var unranged = 0;
        foreach (var series in Series(view))
        {
            var name = sheet.Pick(series[0].Asked);
            AskLatest(sheet, series, name);
            var last = series[^1];
            if (last.Key != "potassium" || !view.HasTrap("data-absent-reason"))
                sheet.Ask("measurement-latest-time", LatestTime, [last.WhenText], At(series, last).Select(fact => fact.Reference), subject: name);
            if (IsAlone(series, series[0]) && series[0].HasPlainNumber && IsOneUnit(series))
                sheet.Ask("measurement-first", First, [series[0].Value!.Value], [series[0].Reference], series[0].Unit, subject: name);
            if (series.Count > 2 && IsAlone(series, series[1]) && IsAlone(series, series[0]) && series[1].HasPlainNumber && IsOneUnit(series))
                sheet.Ask("measurement-second", Second, [series[1].Value!.Value], [series[1].Reference], series[1].Unit, subject: name);
            if (series[^1] is { Low: null, High: null } && ++unranged > 2)
                continue;

            AskNormal(sheet, series, name);
        }

        AskMissing(sheet, view);
    }

    public static void WriteEarlier(QuestionSheet sheet, GoldView view)
    {
        foreach (var series in Series(view).Take(6))
            AskLatest(sheet, series, sheet.Pick(series[0].Asked), "after-as-of");
    }

    /// <summary>Measurements that count, one list for each thing measured.</summary>
    public static IEnumerable<List<Fact>> Series(GoldView view) =>
        view.Of(FactKind.Measurement).GroupBy(fact => fact.Key).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToList());

    public static bool IsOneUnit(IReadOnlyList<Fact> series) => series.All(fact => fact.Unit == series[0].Unit);

    private static void AskLatest(QuestionSheet sheet, List<Fact> series, string name, string? trap = null)
    {
        var last = series[^1];
        var together = At(series, last);
        if (together.Any(fact => !fact.HasPlainNumber))
            return;

        var values = together.Select(fact => fact.Value!.Value).Distinct().Select(value => (object)value).ToList();
        sheet.Ask("measurement-latest", Latest, values, together.Select(fact => fact.Reference), last.Unit, trap ?? last.Trap, name);
    }

    private static void AskNormal(QuestionSheet sheet, List<Fact> series, string name)
    {
        var last = series[^1];
        if (!IsAlone(series, last) || !last.HasPlainNumber)
            return;

        if (last.Low is null && last.High is null)
            sheet.AskUndecidable("measurement-normal", Normal, "no-reference-range", name);
        else
            sheet.Ask("measurement-normal", Normal, [!(last.Value < last.Low) && !(last.Value > last.High)], [last.Reference], trap: last.Trap, subject: name);
    }

    private static void AskMissing(QuestionSheet sheet, GoldView view)
    {
        var present = Series(view).Select(series => series[0].Key).ToHashSet();
        foreach (var test in new[] { Vocabulary.Tests.Inr, Vocabulary.Tests.Tsh, Vocabulary.Tests.HbA1c, Vocabulary.Tests.Lactate }.Where(test => !present.Contains(test.Key)).Take(2))
        {
            sheet.Ask("measurement-latest", Latest, [], [], subject: sheet.Pick(test.Asked));
            sheet.Ask("measurement-ever", Ever, [false], [], subject: sheet.Pick(test.Asked));
        }
    }

    private static List<Fact> At(List<Fact> series, Fact fact) => [.. series.Where(other => other.When == fact.When)];

    private static bool IsAlone(List<Fact> series, Fact fact) => At(series, fact).Count == 1;
}
