using System.Globalization;
using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Ever, when, how often, in which year: questions about procedures and imaging.</summary>
internal static class ProcedureQuestions
{
    private static readonly Wording Ever = new(["Has the patient ever had a {x}?", "Did the patient ever undergo a {x}?", "Was a {x} ever performed?"], ["Have I ever had a {x}?"])
    {
        HeldOut = ["Is there a {x} on record?", "Has a {x} ever been done?"],
    };

    private static readonly Wording Last = new(["When was the last {x}?", "When was the most recent {x} performed?"], ["When was my last {x}?", "When did I last have a {x}?"])
    {
        HeldOut = ["On what date was the most recent {x} done?", "When did the patient last undergo a {x}?"],
    };

    private static readonly Wording First = new(["When was the first {x}?", "When was a {x} first performed?"], ["When was my first {x}?"])
    {
        HeldOut = ["On what date was the earliest {x} done?", "When did the patient first undergo a {x}?"],
    };

    private static readonly Wording Count = new(["How many times has a {x} been performed?", "How many {x} procedures has the patient had?"], ["How many times have I had a {x}?"])
    {
        HeldOut = ["What is the number of {x} procedures?", "How often did the patient undergo a {x}?"],
    };

    private static readonly Wording Site = new(["At which body site was the {x} performed?"], ["Where on my body was the {x} performed?"])
    {
        HeldOut = ["Where on the body was the {x} done?", "Which body site did the {x} concern?"],
    };

    private static readonly Wording Imaging = new(["When was the last {x}?", "When was the {x} done?"], ["When was my {x}?"])
    {
        HeldOut = ["On what date was the {x} done?", "What is the date of the {x}?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        foreach (var group in view.Known.Where(fact => fact.Kind == FactKind.Procedure).GroupBy(fact => fact.Asked[0]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var done = group.Where(fact => fact.Counts).ToList();
            var name = sheet.Pick(group.First().Asked);
            var trap = group.Select(fact => fact.Trap).FirstOrDefault(trap => trap is not null);
            sheet.Ask("procedure-ever", Ever, [done.Count > 0], done.Select(fact => fact.Reference), trap: trap, subject: name);
            if (done.Count == 0)
                continue;

            sheet.Ask("procedure-last-time", Last, [done[^1].WhenText], [done[^1].Reference], trap: trap, subject: name);
            sheet.Ask("procedure-count", Count, [done.Count], done.Select(fact => fact.Reference), trap: trap, subject: name);
            if (done.Count > 1)
                sheet.Ask("procedure-first-time", First, [done[0].WhenText], [done[0].Reference], subject: name);
            if (done.Count == 1 && done[0].Text is { } site)
                sheet.Ask("procedure-site", Site, [site], [done[0].Reference], subject: name);
            AskYear(sheet, done, name, trap);
        }

        foreach (var study in view.Of(FactKind.Imaging))
            sheet.Ask("imaging-time", Imaging, [study.WhenText], [study.Reference], subject: study.Name);
    }

    private static void AskYear(QuestionSheet sheet, List<Fact> done, string name, string? trap)
    {
        var year = int.Parse(done[^1].WhenText[..4], CultureInfo.InvariantCulture);
        Wording during = new([$"Was a {{x}} performed in {year}?"], [$"Did I have a {{x}} in {year}?"]) { HeldOut = [$"Did the patient have a {{x}} in {year}?", $"Was there a {{x}} during {year}?"] };
        sheet.Ask("procedure-in-year", during, [true], done.Where(fact => fact.WhenText.StartsWith($"{year}", StringComparison.Ordinal)).Select(fact => fact.Reference), trap: trap, subject: name);
        Wording later = new([$"Was a {{x}} performed in {year + 1}?"], [$"Did I have a {{x}} in {year + 1}?"]) { HeldOut = [$"Did the patient have a {{x}} in {year + 1}?", $"Was there a {{x}} during {year + 1}?"] };
        sheet.Ask("procedure-in-year", later, [false], [], trap: trap, subject: name);
    }
}
