using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Reads what became of an order, a procedure or a result: "was the MRI revoked", "operations that were not done", "is the culture final", "status of the order".</summary>
internal static class StateReader
{
    /// <summary>What is asked, with its words claimed.</summary>
    public static StateAsk Read(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || At(question, i) is not var (state, first, count) || !question.IsFree(new TokenSpan(first, count)))
                continue;

            question.Claim(new TokenSpan(first, count));
            return state;
        }

        if (MissedReader.Find(question) is { } missed)
        {
            question.Claim(missed);
            Phrase.Take(question, "without notice|warning|cancelling|canceling|cancellation|excuse", "without telling us|anyone", "without letting us know", "without calling|ringing");
            return StateAsk.Missed;
        }

        return StateAsk.None;
    }

    private static (StateAsk State, int First, int Count)? At(QuestionText question, int at) => question[at] switch
    {
        "revoked" or "cancelled" or "canceled" or "rescinded" or "scrapped" or "cancel" or "cancellation" or "cancelling" or "canceling" or "cancellations" or "cancels" => (StateAsk.CalledOff, at, 1),
        "called" when question[at + 1] is "off" => (StateAsk.CalledOff, at, 2),
        "done" or "performed" or "undertaken" or "completed" when question[at - 1] is "not" or "never" => (StateAsk.NotDone, at - 1, 2),
        "take" or "taken" when question[at + 1] is "place" && question[at - 1] is "not" or "never" or "t" => (StateAsk.NotDone, at - 1, 3),
        "happen" or "happened" when question[at - 1] is "not" or "never" => (StateAsk.NotDone, at - 1, 2),
        "ahead" when question[at - 1] is "go" or "gone" or "went" && question[at - 2] is "not" or "never" or "t" => (StateAsk.NotDone, at - 2, 3),
        "fell" or "fall" when question[at + 1] is "through" => (StateAsk.NotDone, at, 2),
        "carried" when question[at + 1] is "out" && question[at - 1] is "not" or "never" => (StateAsk.NotDone, at - 1, 3),
        "t" when question[0] is "why" && question[at - 1] is "wasn" or "weren" or "hasn" or "didn" or "isn" => (StateAsk.NotDone, at - 1, 2),
        "missed" or "miss" or "noshow" or "unattended" when IsOfAppointment(question) => (StateAsk.Missed, at, 1),
        "no" when question[at + 1] is "show" or "shows" && IsOfAppointment(question) => (StateAsk.Missed, at, 2),
        "aborted" or "abandoned" => (StateAsk.BrokenOff, at, 1),
        "final" or "finalised" or "finalized" when IsOfCulture(question, at) => (StateAsk.Final, at, 1),
        "preliminary" when IsOfCulture(question, at) => (StateAsk.Preliminary, at, 1),
        "happened" or "became" or "become" when question[0] is "what" && question[at + 1] is "to" or "of" && question.Tokens.Any(token => token.Word is "request" or "order" or "referral") => (StateAsk.Status, at, 2),
        "status" when IsOfThing(question, at) => (StateAsk.Status, at, 1),
        _ => null,
    };

    private static bool IsOfAppointment(QuestionText question) => question.Tokens.Any(token => token.Word is "appointment" or "appointments" or "clinic" or "visit" or "visits");

    // What results say of themselves is read with their values.
    private static bool IsOfCulture(QuestionText question, int at) => (at == question.Count - 1 || question[at + 1] is "yet") && question[at - 1] is not ("or" or "not")
        && Enumerable.Range(0, at).Any(i => question[i] is "culture" or "cultures" or "report" or "reports");

    // "Status of the order", "the culture's status"; what else has a status is called by it ("smoking status").
    private static bool IsOfThing(QuestionText question, int at) =>
        (question[at + 1] is "of" && question[at + 2] is not ("post" or "")) || ((at == question.Count - 1 || question[at + 1] is "and")
            && question[at - 1] is "order" or "orders" or "request" or "report" or "culture" or "cultures" or "result" or "goal" or "plan" or "referral" or "appointment" or "test" or "study" or "procedure" or "s" or "its");
}
