using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Allergies, code status, isolation, what is pending and what is planned.</summary>
internal static class DayOneQuestions
{
    private static readonly Wording AllergyList = new(
        ["What allergies does the patient have?", "List the allergies."], ["What am I allergic to?", "Which allergies do I have?"])
    {
        HeldOut = ["Which allergies are on record?", "What is the patient allergic to?"],
    };

    private static readonly Wording AllergicTo = new(["Is the patient allergic to {x}?", "Does the patient have an allergy to {x}?"], ["Am I allergic to {x}?"])
    {
        HeldOut = ["Is there an allergy to {x} on record?", "Any {x} allergy?"],
    };

    private static readonly Wording Reaction = new(["What is the reaction to {x}?", "What reaction does the patient have to {x}?"], ["What reaction do I get from {x}?"])
    {
        HeldOut = ["How does the patient react to {x}?", "Which reaction to {x} is recorded?"],
    };

    private static readonly Wording Resuscitation = new(["What is the code status?", "What is the patient's code status?", "What is the resuscitation status?"], ["What is my code status?"])
    {
        HeldOut = ["What resuscitation status is on record?", "Which code status is documented?"],
    };

    private static readonly Wording Isolated = new(["Is the patient in isolation?", "Is there an isolation flag?", "Is the patient on isolation precautions?"], ["Am I in isolation?"])
    {
        HeldOut = ["Are there isolation precautions in force?", "Does the patient need isolation?"],
    };

    private static readonly Wording Pending = new(["Which tests are pending?", "What orders are still pending?"], ["Which of my tests are still pending?"])
    {
        HeldOut = ["What tests are still outstanding?", "Which orders have no result yet?"],
    };

    private static readonly Wording NextVisit = new(["When is the next appointment?", "When is the patient's next appointment?"], ["When is my next appointment?"])
    {
        HeldOut = ["On what date is the next appointment?", "When does the patient come back for an appointment?"],
    };

    private static readonly Wording Team = new(["Who is on the care team?", "Who are the members of the care team?"], ["Who is on my care team?"])
    {
        HeldOut = ["Name the care team members.", "Which people make up the care team?"],
    };

    private static readonly Wording Goals = new(["What are the goals of care on record?", "Which treatment goals are recorded?"], ["What are my treatment goals?"])
    {
        HeldOut = ["List the treatment goals.", "What goals have been set for the patient?"],
    };

    public static void Write(QuestionSheet sheet, GoldView view)
    {
        AskAllergies(sheet, view);
        var team = view.Of(FactKind.CareTeam);
        sheet.Ask("care-team", Team, [.. team.Select(fact => (object)fact.Name)], team.Select(fact => fact.Reference));
        var goals = view.Of(FactKind.Goal);
        sheet.Ask("goals", Goals, [.. goals.Select(fact => (object)fact.Name)], goals.Select(fact => fact.Reference));
        var wishes = view.Of(FactKind.CodeStatus);
        sheet.Ask("code-status", Resuscitation, [.. wishes.Where(fact => fact.Key == "codestatus").Select(fact => (object)fact.Name)], wishes.Select(fact => fact.Reference));
        var flags = view.Of(FactKind.Isolation).Where(fact => fact.Current).ToList();
        sheet.Ask("isolation", Isolated, [flags.Count > 0], flags.Select(fact => fact.Reference));
        if (view.Life.Death is not null)
            return;

        var next = view.Of(FactKind.Appointment).Where(fact => fact.When > view.Now).ToList();
        sheet.Ask("appointment-next", NextVisit, [.. next.Select(fact => (object)fact.WhenText)], next.Select(fact => fact.Reference));
        var pending = view.Of(FactKind.PendingOrder);
        if (!view.HasTrap("preliminary"))
            sheet.Ask("pending-list", Pending, [.. pending.Select(fact => (object)fact.Name)], pending.Select(fact => fact.Reference), trap: "cancelled");
    }

    private static void AskAllergies(QuestionSheet sheet, GoldView view)
    {
        var allergies = view.Of(FactKind.Allergy);
        var coded = view.HasTrap("coded-no-known-allergy");
        if (coded)
            sheet.Ask("allergy-list", AllergyList, ["No known allergy"], view.Planted("coded-no-known-allergy"), trap: "coded-no-known-allergy");
        else
            sheet.Ask("allergy-list", AllergyList, [.. allergies.Select(fact => (object)fact.Name)], allergies.Select(fact => fact.Reference));

        foreach (var allergy in allergies)
        {
            var name = allergy.Asked[0];
            sheet.Ask("allergy-to", AllergicTo, [true], [allergy.Reference], subject: name);
            sheet.Ask("allergy-reaction", Reaction, [allergy.Text!], [allergy.Reference], subject: name);
        }
    }
}
