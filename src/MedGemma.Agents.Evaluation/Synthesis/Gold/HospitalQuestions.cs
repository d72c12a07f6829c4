using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Admissions, discharges, intensive care, readmission, attending.</summary>
internal static class HospitalQuestions
{
    private static readonly Wording Count = new(
        ["How many times has the patient been admitted to the hospital?", "How many hospital admissions are there?", "Number of inpatient stays?"], ["How many times have I been admitted to the hospital?"])
    {
        HeldOut = ["What is the number of hospital admissions?", "How often was the patient hospitalized?"],
    };

    private static readonly Wording LastIn = new(["When was the last hospital admission?", "When was the patient last admitted?"], ["When was I last admitted to the hospital?"])
    {
        HeldOut = ["On what date did the most recent hospital admission begin?", "When was the most recent admission to the hospital?"],
    };

    private static readonly Wording FirstIn = new(["When was the first hospital admission?", "When was the patient first admitted?"], ["When was I first admitted to the hospital?"])
    {
        HeldOut = ["On what date was the earliest hospital admission?", "When did the first hospital stay begin?"],
    };

    private static readonly Wording LastOut = new(["When was the patient last discharged from the hospital?", "When was the last hospital discharge?"], ["When was I last discharged from the hospital?"])
    {
        HeldOut = ["When did the last hospital stay end?", "On what date was the patient most recently discharged?"],
    };

    private static readonly Wording Why = new(["What was the reason for the last hospital admission?", "Why was the patient last admitted?"], ["Why was I last admitted to the hospital?"])
    {
        HeldOut = ["For what reason was the patient last hospitalized?", "What led to the most recent hospital admission?"],
    };

    private static readonly Wording Intensive = new(["Has the patient ever been in the ICU?", "Was the patient ever in intensive care?"], ["Have I ever been in the ICU?"])
    {
        HeldOut = ["Has there ever been an intensive care stay?", "Has the patient ever stayed in an ICU?"],
    };

    private static readonly Wording Readmitted = new(
        ["Was the patient ever readmitted within 30 days?", "Was there a readmission within 30 days of discharge?"], ["Was I ever readmitted within 30 days of a discharge?"])
    {
        HeldOut = ["Did any readmission occur within 30 days after a discharge?", "Has the patient come back to the hospital within 30 days of a discharge?"],
    };

    private static readonly Wording Attending = new(
        ["Who is the attending physician?", "Who was the attending during the last hospital stay?", "Who attended the last admission?"], ["Who was my attending doctor during the last hospital stay?"])
    {
        HeldOut = ["Which physician attended the last hospital stay?", "Name the attending physician of the most recent admission."],
    };

    private static readonly Wording Inpatient = new(["Is the patient currently in the hospital?", "Is the patient an inpatient right now?"], ["Am I currently admitted to the hospital?"])
    {
        HeldOut = ["Is the patient hospitalized at the moment?", "Is there an ongoing hospital stay?"],
    };

    private static readonly Wording Emergencies = new(
        ["How many emergency department visits has the patient had?", "How many times was the patient in the emergency department?"], ["How many times have I been to the emergency department?"])
    {
        HeldOut = ["What is the number of emergency department visits?", "How often did the patient visit the emergency department?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        var stays = view.Of(FactKind.Admission);
        var emergencies = view.Of(FactKind.Emergency);
        sheet.Ask("emergency-count", Emergencies, [emergencies.Count], emergencies.Select(fact => fact.Reference));
        AskCurrent(sheet, view, stays);

        // Some sources call an emergency visit an admission: asked only where there was none.
        if (emergencies.Count == 0)
            AskStays(sheet, stays);
    }

    private static void AskCurrent(QuestionSheet sheet, GoldView view, List<Fact> stays)
    {
        var intensive = view.Of(FactKind.IntensiveCare);
        sheet.Ask("icu-ever", Intensive, [intensive.Count > 0], intensive.Select(fact => fact.Reference));
        var inside = stays.Where(fact => fact.End is null).ToList();
        sheet.Ask("admission-current", Inpatient, [inside.Count > 0], inside.Select(fact => fact.Reference));
        var pairs = stays.Zip(stays.Skip(1)).Where(pair => pair.Second.When - pair.First.End <= TimeSpan.FromDays(30)).ToList();
        if (stays.Count > 0)
            sheet.Ask("readmission-30-days", Readmitted, [pairs.Count > 0], pairs.SelectMany(pair => new[] { pair.First.Reference, pair.Second.Reference }));
    }

    private static void AskStays(QuestionSheet sheet, List<Fact> stays)
    {
        sheet.Ask("admission-count", Count, [stays.Count], stays.Select(fact => fact.Reference));
        sheet.Ask("admission-last", LastIn, stays.TakeLast(1).Select(fact => (object)fact.WhenText).ToList(), stays.TakeLast(1).Select(fact => fact.Reference));
        if (stays.Count == 0)
            return;

        sheet.Ask("admission-first", FirstIn, [stays[0].WhenText], [stays[0].Reference]);
        sheet.Ask("admission-reason", Why, [stays[^1].Text!], [stays[^1].Reference]);
        sheet.Ask("admission-attending", Attending, [stays[^1].Person!], [stays[^1].Reference]);
        if (stays.LastOrDefault(fact => fact.End is not null) is { } discharged)
            sheet.Ask("discharge-last", LastOut, [discharged.EndText!], [discharged.Reference]);
    }
}
