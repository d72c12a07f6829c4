using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Has it, since when, how many: questions about diseases, vaccinations and the family.</summary>
internal static class ProblemQuestions
{
    private static readonly Wording Has = new(
        ["Does the patient have {x}?", "Does the patient have a diagnosis of {x}?", "Has the patient been diagnosed with {x}?"], ["Do I have {x}?", "Have I been diagnosed with {x}?"])
    {
        HeldOut = ["Is {x} among the diagnoses?", "Has the patient got {x}?"],
    };

    private static readonly Wording Since = new(
        ["When was {x} diagnosed?", "Since when has the patient had {x}?", "When was the patient first diagnosed with {x}?"], ["When was I diagnosed with {x}?", "Since when have I had {x}?"])
    {
        HeldOut = ["On what date was {x} first diagnosed?", "When did {x} begin?"],
    };

    private static readonly Wording Shot = new(["When was the last {x}?", "When did the patient last get a {x}?"], ["When was my last {x}?", "When did I last get a {x}?"])
    {
        HeldOut = ["On what date was the most recent {x} given?", "When was a {x} last administered?"],
    };

    private static readonly Wording Shots = new(["How many {x} doses has the patient had?", "How many times was a {x} given?"], ["How many times have I had a {x}?"])
    {
        HeldOut = ["What is the number of {x} doses given?", "How often did the patient get a {x}?"],
    };

    private static readonly Wording HadShot = new(["Has the patient ever had a {x}?", "Did the patient ever receive a {x}?"], ["Have I ever had a {x}?"])
    {
        HeldOut = ["Was a {x} ever given?", "Is there any {x} on record?"],
    };

    private static readonly Wording Family = new(["Is there a family history of {x}?", "Does anyone in the family have a history of {x}?"], ["Is there a history of {x} in my family?"])
    {
        HeldOut = ["Has any relative had {x}?", "Does {x} run in the family?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        var conditions = view.Known.Where(fact => fact.Kind == FactKind.Condition && fact.Asked.Count > 0).ToList();
        foreach (var problem in conditions.GroupBy(fact => fact.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var counting = problem.Where(fact => fact.Counts).ToList();
            var name = sheet.Pick(problem.First().Asked);
            var trap = problem.Select(fact => fact.Trap).FirstOrDefault(trap => trap is not null);
            if (counting.Count == 0)
            {
                sheet.Ask("condition-has", Has, [false], [], trap: trap, subject: name);
                continue;
            }

            sheet.Ask("condition-since", Since, [counting[0].WhenText], [counting[0].Reference], trap: trap, subject: name);
            if (trap is null && counting.All(fact => fact.Current))
                sheet.Ask("condition-has", Has, [true], counting.Select(fact => fact.Reference), subject: name);
        }

        var known = conditions.Select(fact => fact.Key).ToHashSet();
        foreach (var problem in new[] { Problems.Stroke, Problems.Asthma, Problems.Copd, Problems.BreastCancer }.Where(problem => !known.Contains(problem.Key)).Take(2))
            sheet.Ask(
                "condition-has", Has, [false], [], subject: sheet.Pick(problem.Asked),
                trap: problem.Key == "stroke" && view.HasTrap("personal-history-code") ? null : problem.Key == "breastcancer" ? "family-history-code" : null);

        AskShots(sheet, view);
        foreach (var relative in view.Of(FactKind.FamilyHistory))
            sheet.Ask("family-history", Family, [true], [relative.Reference], subject: "stroke");
    }

    private static void AskShots(QuestionSheet sheet, GoldView view)
    {
        foreach (var shot in view.Known.Where(fact => fact.Kind == FactKind.Immunization).GroupBy(fact => fact.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var given = shot.Where(fact => fact.Counts).ToList();
            var name = sheet.Pick(shot.First().Asked);
            var trap = shot.Select(fact => fact.Trap).FirstOrDefault(trap => trap is not null);
            sheet.Ask("immunization-ever", HadShot, [given.Count > 0], given.Select(fact => fact.Reference), trap: trap, subject: name);
            sheet.Ask("immunization-last", Shot, given.Count == 0 ? [] : [given[^1].WhenText], given.TakeLast(1).Select(fact => fact.Reference), trap: trap, subject: name);
            sheet.Ask("immunization-count", Shots, [given.Count], given.Select(fact => fact.Reference), trap: trap, subject: name);
        }
    }
}
