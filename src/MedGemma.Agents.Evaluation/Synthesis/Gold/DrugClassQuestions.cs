using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Questions that name a class of drugs.</summary>
internal static class DrugClassQuestions
{
    private static readonly (string[] Names, string[] Members)[] Classes =
    [
        (["blood thinner", "anticoagulant"], ["warfarin", "apixaban"]),
        (["statin"], ["simvastatin", "atorvastatin"]),
        (["ACE inhibitor"], ["lisinopril"]),
        (["beta blocker"], ["metoprolol"]),
    ];

    private static readonly Wording Now = new(["Is the patient on a {x}?", "Does the patient currently take a {x}?"], ["Am I on a {x}?"])
    {
        HeldOut = ["Is a {x} among the current medications?", "Does the patient take a {x} at present?"],
    };

    private static readonly Wording Which = new(["Which {x} is the patient taking?", "What {x} is the patient on?"], ["Which {x} do I take?"])
    {
        HeldOut = ["Name the {x} that the patient currently takes.", "What is the current {x}?"],
    };

    private static readonly Wording Ever = new(["Has the patient ever been prescribed a {x}?"], ["Have I ever been prescribed a {x}?"])
    {
        HeldOut = ["Was a {x} ever prescribed?", "Has the patient ever had a {x} ordered?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        if (view.Life.Death is not null)
            return;

        // Heparin at the bedside is a blood thinner that nobody prescribed as one: the class would be arguable.
        var heparin = view.Known.Any(fact => fact.Key == "heparin");
        foreach (var (names, members) in Classes.Where(one => !heparin || !one.Members.Contains("warfarin")))
        {
            var orders = view.Of(FactKind.Order).Where(fact => members.Contains(fact.Key)).ToList();
            var now = orders.Where(fact => fact.Current).ToList();
            var name = sheet.Pick(names);
            sheet.Ask("drug-class-current", Now, [now.Count > 0], now.Select(fact => fact.Reference), subject: name);
            sheet.Ask("drug-class-ever", Ever, [orders.Count > 0], orders.Select(fact => fact.Reference), subject: name);
            if (now.Count > 0)
                sheet.Ask("drug-class-which", Which, [.. now.Select(fact => (object)fact.Name)], now.Select(fact => fact.Reference), subject: name);
        }
    }
}
