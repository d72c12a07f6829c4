using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Doses given, urine, lines, cultures: questions of a ward round.</summary>
internal static class BedsideQuestions
{
    private static readonly Wording LastDose = new(
        ["When was the last dose of {x} given?", "When was {x} last given?", "When was {x} last administered?"], ["When was I last given {x}?"])
    {
        HeldOut = ["At what time was {x} most recently administered?", "When did the patient last receive {x}?"],
    };

    private static readonly Wording Doses = new(["How many doses of {x} were given?", "How many times was {x} administered?"], ["How many doses of {x} was I given?"])
    {
        HeldOut = ["What is the number of {x} doses administered?", "How often was {x} given?"],
    };

    private static readonly Wording Given = new(["Was {x} ever administered?", "Has any dose of {x} been given?"], ["Was I ever given a dose of {x}?"])
    {
        HeldOut = ["Did the patient ever receive a dose of {x}?", "Was any {x} given?"],
    };

    private static readonly Wording Urine = new(
        ["What was the urine output in the last 24 hours?", "Total urine output over the past 24 hours?", "How much urine has the patient made in the last 24 hours?"],
        ["How much urine did I make in the last 24 hours?"])
    {
        HeldOut = ["How much urine was produced over the last 24 hours?", "What is the 24 hour urine output as of now?"],
    };

    private static readonly Wording Lines = new(
        ["Which lines and devices are in place?", "What lines does the patient have?", "What devices are currently in place?"], ["Which lines and devices do I have?"])
    {
        HeldOut = ["List the lines and devices in place.", "Which devices does the patient have right now?"],
    };

    private static readonly Wording Placed = new(["When was the {x} placed?", "When was the {x} inserted?"], ["When was my {x} placed?"])
    {
        HeldOut = ["At what time was the {x} put in?", "When did the patient get the {x}?"],
    };

    private static readonly Wording Grew = new(
        ["What grew in the blood culture?", "Which organism was found in the blood culture?", "What organism grew in the last blood culture?"], ["What grew in my blood culture?"])
    {
        HeldOut = ["Which bacteria did the blood culture show?", "What was the organism in the blood culture?"],
    };

    private static readonly Wording Resists = new(["What is the organism resistant to?", "Which antibiotics is the blood culture organism resistant to?"], [])
    {
        HeldOut = ["To which drugs is the organism resistant?", "List the antibiotics that the organism resists."],
    };

    private static readonly Wording Sensitive = new(["Is the organism susceptible to {x}?", "Is the E. coli sensitive to {x}?"], [])
    {
        HeldOut = ["Was the organism tested susceptible to {x}?", "Is the organism sensitive to {x}?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        foreach (var drug in view.Known.Where(fact => fact.Kind == FactKind.Administration).GroupBy(fact => fact.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var given = drug.Where(fact => fact.Counts).ToList();
            var trap = drug.Select(fact => fact.Trap).FirstOrDefault(trap => trap is not null);
            var name = sheet.Pick(drug.First().Asked);
            sheet.Ask("dose-given", Given, [given.Count > 0], given.Select(fact => fact.Reference), trap: trap, subject: name);
            sheet.Ask("dose-last", LastDose, given.Count == 0 ? [] : [given[^1].WhenText], given.TakeLast(1).Select(fact => fact.Reference), trap: trap, subject: name);
            sheet.Ask("dose-count", Doses, [given.Count], given.Select(fact => fact.Reference), trap: trap, subject: name);
        }

        AskUrine(sheet, view);
        var devices = view.Of(FactKind.Device);
        var current = devices.Where(fact => fact.Current && view.Life.Death is null).ToList();
        sheet.Ask("device-current-list", Lines, [.. current.Select(fact => (object)fact.Name)], current.Select(fact => fact.Reference));
        foreach (var device in devices)
            sheet.Ask("device-time", Placed, [device.WhenText], [device.Reference], subject: sheet.Pick(device.Asked));

        AskCulture(sheet, view);
    }

    private static void AskUrine(QuestionSheet sheet, GoldView view)
    {
        var day = view.Of(FactKind.Measurement).Where(fact => fact.Key == "urine" && fact.When > view.Now.AddHours(-24)).ToList();
        if (day.Count > 0)
            sheet.Ask("urine-output-24h", Urine, [day.Sum(fact => fact.Value!.Value)], day.Select(fact => fact.Reference), "mL");
    }

    private static void AskCulture(QuestionSheet sheet, GoldView view)
    {
        var cultures = view.Of(FactKind.Culture);
        sheet.Ask("culture-organism", Grew, [.. cultures.Select(fact => (object)fact.Name)], cultures.Select(fact => fact.Reference));
        if (cultures.Count == 0)
            return;

        var tested = view.Of(FactKind.Susceptibility);
        var resistant = tested.Where(fact => fact.Text == "Resistant").ToList();
        sheet.Ask("culture-resistance", Resists, [.. resistant.Select(fact => (object)fact.Name)], resistant.Select(fact => fact.Reference));
        foreach (var drug in tested)
            sheet.Ask("culture-susceptible", Sensitive, [drug.Text == "Susceptible"], [drug.Reference], subject: drug.Asked[0]);
    }
}
