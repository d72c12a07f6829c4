using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Ever, now, since when, how often, which dose, stopped when: questions about orders.</summary>
internal static class MedicationQuestions
{
    private static readonly Wording Ever = new(
        ["Has the patient ever been prescribed {x}?", "Was {x} ever prescribed?", "Has {x} ever been ordered?"], ["Have I ever been prescribed {x}?", "Was I ever prescribed {x}?"])
    {
        HeldOut = ["Is there any prescription for {x}?", "Did the patient ever get a prescription for {x}?"],
    };

    private static readonly Wording Now = new(
        ["Is the patient currently taking {x}?", "Is the patient on {x} now?", "Is {x} a current medication?"], ["Am I currently on {x}?", "Do I take {x} at the moment?"])
    {
        HeldOut = ["Does the patient take {x} at present?", "Is {x} on the current medication list?"],
    };

    private static readonly Wording First = new(
        ["When was {x} first prescribed?", "When was {x} started?", "Since when has the patient been prescribed {x}?"], ["When was I first prescribed {x}?", "When did I start {x}?"])
    {
        HeldOut = ["On what date was {x} prescribed for the first time?", "When did {x} begin?"],
    };

    private static readonly Wording Last = new(["When was {x} last prescribed?", "When was the most recent {x} prescription?"], ["When was {x} last prescribed to me?"])
    {
        HeldOut = ["On what date was {x} most recently ordered?", "When was the latest order for {x}?"],
    };

    private static readonly Wording Count = new(
        ["How many times was {x} prescribed?", "How many {x} prescriptions are there?", "How often has {x} been prescribed?"], ["How many times was I prescribed {x}?"])
    {
        HeldOut = ["What is the number of {x} orders?", "How many orders for {x} are on record?"],
    };

    private static readonly Wording Dose = new(
        ["What was the dose of the last {x} prescription?", "At what dose was {x} last prescribed?"], ["What dose of {x} was I last prescribed?"])
    {
        HeldOut = ["How much {x} was ordered in the most recent prescription?", "What dose does the latest {x} order give?"],
    };

    private static readonly Wording Stopped = new(["When was {x} stopped?", "When did {x} end?"], ["When did I stop {x}?"])
    {
        HeldOut = ["On what date was {x} discontinued?", "When did the patient come off {x}?"],
    };

    private static readonly Wording CurrentList = new(
        ["What medications is the patient currently taking?", "List the current medications.", "What is the patient on right now?"], ["What medications am I on?", "Which medicines do I currently take?"])
    {
        HeldOut = ["Which drugs does the patient take at present?", "Give the active medication list."],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        var orders = view.Known.Where(fact => fact.Kind == FactKind.Order).ToList();
        foreach (var drug in orders.GroupBy(fact => fact.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
            AskDrug(sheet, view, [.. drug]);

        var known = orders.Select(fact => fact.Key).ToHashSet();
        foreach (var drug in new[] { Drugs.Apixaban, Drugs.Sertraline, Drugs.Metformin500, Drugs.Tiotropium }.Where(drug => !known.Contains(drug.Key)).Take(2))
        {
            sheet.Ask("medication-ever", Ever, [false], [], subject: sheet.Pick(drug.Asked));
            sheet.Ask("medication-current", Now, [false], [], subject: sheet.Pick(drug.Asked));
        }

        // An order whose state cannot be known would make the list arguable.
        if (orders.Any(fact => fact.Trap is "stale-active-order"))
            return;

        var current = view.Life.Death is null ? orders.Where(fact => fact is { Current: true, Counts: true }).ToList() : [];
        sheet.Ask("medication-current-list", CurrentList, [.. current.Select(fact => (object)fact.Name)], current.Select(fact => fact.Reference));
    }

    private static void AskDrug(QuestionSheet sheet, GoldView view, List<Fact> all)
    {
        var counting = all.Where(fact => fact.Counts).ToList();
        var name = sheet.Pick(all[0].Asked);
        var trap = all.Select(fact => fact.Trap).FirstOrDefault(trap => trap is not null);
        if (counting.Count == 0)
        {
            sheet.Ask("medication-ever", Ever, [false], [], trap: trap, subject: name);
            sheet.Ask("medication-current", Now, [false], [], trap: trap, subject: name);
            return;
        }

        var references = counting.Select(fact => fact.Reference).ToList();
        sheet.Ask("medication-ever", Ever, [true], references, trap: trap, subject: name);
        sheet.Ask("medication-first", First, [counting[0].WhenText], [counting[0].Reference], trap: trap, subject: name);
        sheet.Ask("medication-last", Last, [counting[^1].WhenText], [counting[^1].Reference], trap: trap, subject: name);
        sheet.Ask("medication-count", Count, [counting.Count], references, trap: trap, subject: name);
        sheet.Ask("medication-dose", Dose, [counting[^1].Value!.Value], [counting[^1].Reference], counting[^1].Unit, trap, name);
        if (trap is "stale-active-order" || view.Of(FactKind.Administration).Any(dose => dose.Key == all[0].Key && dose.When > view.Now.AddDays(-3)))
            return;

        var dead = view.Life.Death is not null;
        var now = counting.Where(fact => fact.Current && !dead).ToList();
        sheet.Ask(
            "medication-current", Now, [now.Count > 0], now.Select(fact => fact.Reference), trap: dead && counting.Any(fact => fact.Current) ? "active-after-death" : trap, subject: name);
        if (now.Count == 0 && !dead && trap is null && counting[^1].EndText is { } end)
            sheet.Ask("medication-stopped", Stopped, [end], [counting[^1].Reference], subject: name);
    }
}
